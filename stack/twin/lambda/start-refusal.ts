import { mayAssumeRole } from "../authorization/may-assume-role.ts";
import type { Authorizer, InvokeOutcome, KeyUses } from "../model/ports.ts";
import type { FunctionConfig } from "./function-config.ts";
import { failure } from "./run-invocation.ts";

/**
 * Why Lambda cannot start an environment of a function: its role's trust policy leaves Lambda out, or the key of its
 * variables does not serve it. Invoke then answers the error itself: the function never runs, writes no log line and
 * counts no invocation. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
export function startRefusal(
  { functionName, arn, roleArn, kmsKeyArn, environment }: FunctionConfig,
  { authorizer, keys }: { readonly authorizer: Authorizer; readonly keys: KeyUses },
): InvokeOutcome | undefined {
  if (!mayAssumeRole(authorizer, roleArn, "lambda.amazonaws.com").allowed) {
    return { kind: "denied", reason: "The role defined for the function cannot be assumed by Lambda." };
  }
  if (kmsKeyArn === undefined || Object.keys(environment).length === 0) return undefined;
  const refused = keys.ofFunction({ key: kmsKeyArn, functionArn: arn, functionName, roleArn });
  if (refused === undefined) return undefined;
  return failure({ errorType: refused.code, errorMessage: refused.message, trace: [] }, 0);
}
