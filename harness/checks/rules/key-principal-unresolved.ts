import type { KeySetting } from "../../model/setting.ts";
import type { Account } from "../account.ts";
import { functionWithRole, streamKeyUse } from "../iam/key-use.ts";
import { unresolvedPrincipals } from "../iam/unresolved-principals.ts";
import { CannotTell, judging, settingOf } from "../judging.ts";
import type { Rule, RuleContext, Wire } from "../rule.ts";
import { subjectOf } from "../subject.ts";

/**
 * Every principal of a key's policy is somebody. KMS takes an ARN that it does not know for none at all.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export const keyPrincipalUnresolved: Rule = {
  code: "key.principal-unresolved",
  title: "Every principal of the key's policy exists",
  breaks: "A statement of the key's policy is for nobody: whoever it was meant for is denied.",
  reads: ["key", "role"],
  needs: ["key"],
  remedy:
    'Build principals from data "aws_caller_identity" "current" (its account_id for the root of the account) and from the arn of each aws_iam_role, never from text.',

  judge(account, context) {
    const { key: reference = "" } = context.roles;
    const subject = `key ${subjectOf("key", reference, context)}`;
    return judging(subject, () => {
      const key = settingOf(account, context, "key", reference);
      if (key === null) return null;
      const [first, ...others] = unresolvedPrincipals(key.policy, account, context);
      if (first === undefined) {
        return {
          verdict: "pass",
          subject,
          statement: "Every principal of the key's policy is an account, role or service that there is.",
          evidence: [`${key.policy.statements.length} statements`],
        };
      }
      const told = [first, ...others].map(
        ({ statement, principal, why }) => `statement ${statement}: "${principal}" ${why}`,
      );
      return {
        verdict: "fail",
        subject,
        statement: `A principal of the key's policy does not exist: "${first.principal}".`,
        evidence: told,
        cause: `In the policy of ${key.arn}, ${told.join("; ")}. Whoever the statement was meant for is denied.`,
        remedy: `Write the principal with data.aws_caller_identity.current.account_id (here ${context.accountId}) or the role's own arn attribute, and apply again: a role that was made anew needs the policy written anew too.`,
        cuts: cutBy(key, account, context),
      };
    });
  },
};

/** The wires of the stream that this cuts; where that cannot be told, none are named. */
function cutBy(key: KeySetting, account: Account, context: RuleContext): Wire[] {
  const { stream, entryFunction, consumerFunction } = context.roles;
  if (stream === undefined) return [];
  const isCut = (access: "write" | "read", name: string | undefined): boolean => {
    if (name === undefined) return false;
    try {
      const setting = settingOf(account, context, "stream", stream);
      const user = functionWithRole(account, context, name);
      if (setting === null || user === null || setting.keyArn !== key.arn) return false;
      return streamKeyUse(access, user, setting.arn, key, account, context).kind === "principal-unresolved";
    } catch (error) {
      if (error instanceof CannotTell) return false;
      throw error;
    }
  };
  return [
    ...(isCut("write", entryFunction) ? (["function-stream"] as const) : []),
    ...(isCut("read", consumerFunction) ? (["stream-consumer"] as const) : []),
  ];
}
