import type { TerraformResource } from "../../model/terraform-resource.ts";
import { blocks, blocksIn, field } from "./stack-view.ts";

/** What a request must look like for a listener's rule to take it, as far as a URL can say it; empty where anything goes. */
export interface RouteAddress {
  readonly path: string;
  readonly host: string;
  /** `name=value`, several joined by `&`. */
  readonly query: string;
}

export const EVERYTHING: RouteAddress = { path: "", host: "", query: "" };

/**
 * The first value of each of a rule's conditions, a path up to its first wildcard.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener_rule
 */
export function addressOf(rule: TerraformResource): RouteAddress {
  const conditions = blocks(rule, "condition");
  const first = (kind: string) => {
    const values = conditions.flatMap((condition) => blocksIn(condition, kind)).flatMap(({ values: given }) => given);
    return values.find((value) => typeof value === "string") ?? "";
  };
  const pairs = conditions.flatMap((condition) => {
    const [pair] = blocksIn(condition, "query_string");
    const [key, value] = [field(pair, "key"), field(pair, "value")];
    return key === "" || hasWildcard(key + value) ? [] : [new URLSearchParams([[key, value]]).toString()];
  });
  const host = first("host_header");
  return {
    path: first("path_pattern").replace(/[*?].*$/, ""),
    host: hasWildcard(host) ? "" : host,
    query: pairs.join("&"),
  };
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
