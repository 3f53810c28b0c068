import type { Account } from "../model/settings/account.ts";
import type { FunctionSetting } from "../model/settings/function-setting.ts";
import { callOfService } from "./iam/calls.ts";
import { type Decided, decide } from "./iam/decide.ts";
import { functionPolicy, policiesOfResource } from "./iam/policies.ts";
import { settingOf } from "./judging.ts";
import type { RuleContext } from "./rule.ts";

/** What a service asks for that invokes a function. */
export function invocationOf(fn: FunctionSetting) {
  return { action: "lambda:InvokeFunction", resourceArn: fn.arn };
}

/**
 * Whether the function's policy lets a service invoke it for one of the account's resources.
 *
 * @param sourceArn The resource that the service acts for.
 * @throws CannotTell
 */
export function mayInvoke(
  service: string,
  sourceArn: string,
  fn: FunctionSetting,
  account: Account,
  context: RuleContext,
): Decided {
  const policy = settingOf(account, "function-policy", fn.name);
  const source = { arn: sourceArn, accountId: context.accountId };
  const request = callOfService(service, source, invocationOf(fn), context);
  return decide(request, policiesOfResource(functionPolicy(policy)));
}
