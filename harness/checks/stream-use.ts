import { arnOfNamed } from "../model/settings/place.ts";
import { callOfFunction } from "./iam/calls.ts";
import { decide } from "./iam/decide.ts";
import type { FunctionWithRole } from "./iam/key-use.ts";
import { policiesOfRole } from "./iam/policies.ts";
import type { RuleContext } from "./rule.ts";

/** The ARN of the pipeline's stream. */
export function streamArnOf(context: RuleContext): string {
  return arnOfNamed("kinesis", "stream/", context.roles.stream ?? "", context);
}

/** Whether a function's role allows it a call on a stream, or on a registered consumer of one. */
export function decideFor({ fn, role }: FunctionWithRole, action: string, resourceArn: string, context: RuleContext) {
  return decide(callOfFunction(role, fn, { action, resourceArn }, context), policiesOfRole(role));
}
