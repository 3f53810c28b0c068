import { type Pattern, patternOf } from "../../model/wildcard.ts";
import { contextValue } from "./context.ts";
import type { Unclear } from "./match.ts";
import type { RequestContext } from "./request.ts";

export type Substituted =
  | { readonly kind: "pattern"; readonly pattern: Pattern }
  /** The request does not carry a variable that has no default. */
  | { readonly kind: "missing"; readonly variable: string }
  | { readonly kind: "unclear"; readonly unclear: Unclear };

const VARIABLE = /\$\{([^}]*)\}/g;

/**
 * Puts a request's values in the place of `${aws:PrincipalAccount}` and the like; `${*}`, `${?}` and `${$}` are those characters
 * themselves. Policies of 2008 know no variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function substitute(text: string, version: string, context: RequestContext): Substituted {
  if (version !== "2012-10-17") return { kind: "pattern", pattern: patternOf(text) };
  let pattern = "";
  let from = 0;
  for (const found of text.matchAll(VARIABLE)) {
    const value = variableValue(found[1] ?? "", context);
    if (value.kind !== "pattern") return value;
    pattern += patternOf(text.slice(from, found.index)) + value.pattern;
    from = found.index + found[0].length;
  }
  return { kind: "pattern", pattern: pattern + patternOf(text.slice(from)) };
}

export function hasVariable(text: string, version: string): boolean {
  return version === "2012-10-17" && text.search(VARIABLE) >= 0;
}

function variableValue(expression: string, context: RequestContext): Substituted {
  if (expression === "*" || expression === "?" || expression === "$") return { kind: "pattern", pattern: expression };
  const [variable = "", fallback] = expression.split(",").map((part) => part.trim());
  const value = contextValue(context, variable);
  switch (value.kind) {
    case "values": {
      const [only, ...others] = value.values;
      if (only !== undefined && others.length === 0) return { kind: "pattern", pattern: only };
      return { kind: "unclear", unclear: { because: `\${${variable}} has several values` } };
    }
    case "absent":
      if (fallback === undefined) return { kind: "missing", variable };
      return { kind: "pattern", pattern: fallback.replace(/^'(.*)'$/, "$1") };
    case "not-known":
      return { kind: "unclear", unclear: { because: `the value of \${${variable}} is not known` } };
    default:
      return value satisfies never;
  }
}
