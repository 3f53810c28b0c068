import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { anyOf, type Match, not } from "./match.ts";
import { matchArn } from "./match-arn.ts";
import { substitute } from "./policy-variables.ts";
import type { AccessRequest } from "./request.ts";

/** Whether a statement is about a resource. One that names none, as in a trust policy, is about the resource it belongs to. */
export function matchResource(statement: PolicyStatement, version: string, request: AccessRequest): Match {
  const isNamed = (patterns: readonly string[]) => anyOf(patterns.map((text) => matchOne(text, version, request)));
  if (statement.notResources.length > 0) return not(isNamed(statement.notResources));
  return statement.resources.length === 0 ? "yes" : isNamed(statement.resources);
}

function matchOne(text: string, version: string, { resourceArn, context }: AccessRequest): Match {
  const substituted = substitute(text, version, context);
  switch (substituted.kind) {
    case "pattern":
      return matchArn(substituted.pattern, resourceArn);
    case "missing":
      return "no";
    case "unclear":
      return substituted.unclear;
    default:
      return substituted satisfies never;
  }
}
