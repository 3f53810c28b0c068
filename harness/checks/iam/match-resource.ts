import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { anyOf, type Match, not } from "./match.ts";
import { matchResourceArn } from "./match-arn.ts";
import { substitute } from "./policy-variables.ts";
import type { AccessRequest } from "./request.ts";

/** Whether a statement is about a resource. One that names none, as in a trust policy, is about the resource it belongs to. */
export function matchResource(statement: PolicyStatement, version: string, request: AccessRequest): Match {
  const { resources, notResources } = statement;
  const match = (text: string, ofMissing: Match) => matchOne(text, ofMissing, version, request);
  if (notResources.length > 0) {
    // "If AWS cannot resolve a variable, this might cause the entire statement to be invalid": it need not leave anything out.
    const unresolved = { because: "it leaves out a resource by a variable that the call does not have" };
    return not(anyOf(notResources.map((text) => match(text, unresolved))));
  }
  return resources.length === 0 ? "yes" : anyOf(resources.map((text) => match(text, "no")));
}

function matchOne(text: string, ofMissing: Match, version: string, { resourceArn, context }: AccessRequest): Match {
  const substituted = substitute(text, version, context);
  switch (substituted.kind) {
    case "pattern":
      return matchResourceArn(substituted.pattern, resourceArn);
    case "missing":
      return ofMissing;
    case "unclear":
      return substituted.unclear;
    default:
      return substituted satisfies never;
  }
}
