import { percentDecoded } from "../../model/text.ts";
import type { MethodConfig } from "./rest-api-config.ts";

export interface FoundMethod {
  readonly method: MethodConfig;
  /** Decoded values of the path's `{parameters}`; undefined where it has none. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/**
 * The method that a path and an HTTP method lead to. Of several resources that fit, the one with literal segments comes before
 * parameters, and these before `{proxy+}`; of its methods, the named one before ANY.
 */
export function findMethod(
  methods: readonly MethodConfig[],
  httpMethod: string,
  path: string,
): FoundMethod | undefined {
  const segments = segmentsOf(path);
  let best: { path: string; rank: string; values: Record<string, string> } | undefined;
  for (const resourcePath of new Set(methods.map((method) => method.resourcePath))) {
    const match = matchPath(segmentsOf(resourcePath), segments);
    if (match !== undefined && (best === undefined || match.rank < best.rank)) best = { path: resourcePath, ...match };
  }
  if (best === undefined) return undefined;
  const { path: found, values } = best;
  const ofResource = methods.filter((method) => method.resourcePath === found);
  const method =
    ofResource.find((each) => each.httpMethod === httpMethod) ?? ofResource.find((each) => each.httpMethod === "ANY");
  if (method === undefined) return undefined;
  return { method, pathParameters: Object.keys(values).length === 0 ? undefined : values };
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\/|\/$/g, "").split("/");
}

/** A rank has one digit per segment, 0 literal, 1 parameter, 2 greedy: the lesser is the more specific. */
function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): { rank: string; values: Record<string, string> } | undefined {
  const values: Record<string, string> = {};
  let rank = "";
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined || (segment === "" && part !== "")) return undefined;
    const name = /^\{([^}+]+)(\+?)\}$/.exec(part);
    if (name?.[1] === undefined) {
      if (part !== percentDecoded(segment)) return undefined;
      rank += "0";
    } else if (name[2] === "+") {
      values[name[1]] = percentDecoded(segments.slice(index).join("/"));
      return { rank: `${rank}2`, values };
    } else {
      values[name[1]] = percentDecoded(segment);
      rank += "1";
    }
  }
  return pattern.length === segments.length ? { rank, values } : undefined;
}
