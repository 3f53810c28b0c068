import type { Account } from "../../../model/settings/account.ts";
import type { KeySetting } from "../../../model/settings/identity-setting.ts";
import { STATE_SUBJECT } from "../../../model/settings/state-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import {
  type FunctionWithRole,
  functionWithRole,
  type KeyUse,
  streamKeyUse,
  variablesKeyUse,
} from "../../iam/key-use.ts";
import { unresolvedPrincipals } from "../../iam/unresolved-principals.ts";
import { attempt, CannotTell, judging, passes, settingOf } from "../../judging.ts";
import type { Rule, RuleContext, Wire } from "../../rule.ts";

/**
 * Every principal of a key's policy is somebody. KMS takes an ARN that it does not know for none at all.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export const keyPrincipalUnresolved: Rule = {
  code: "key.principal-unresolved",
  severity: "flow",
  title: "Every principal of the key's policy exists",
  breaks: "A statement of the key's policy is for nobody: whoever it was meant for is denied.",
  reads: ["key", "role", "state-keys"],
  needs: ["key"],
  remedy:
    'Build principals from data "aws_caller_identity" "current" (its account_id for the root of the account) and from the arn of each aws_iam_role, never from text.',

  judge(account, context) {
    const { key: reference = "" } = context.roles;
    const subject = `key ${subjectOf("key", reference, context)}`;
    return judging(subject, () => {
      const key = keyOf(account, context, reference);
      if (key === null) return null;
      const [first, ...others] = unresolvedPrincipals(key.policy, account, context);
      if (first === undefined) {
        return passes("Every principal of the key's policy is an account, role or service that there is.", [
          `${key.policy.statements.length} statements`,
        ]);
      }
      const told = [first, ...others].map(
        ({ statement, principal, why }) => `statement ${statement}: "${principal}" ${why}`,
      );
      return {
        verdict: "fail",
        statement: `A principal of the key's policy does not exist: "${first.principal}".`,
        evidence: told,
        cause: `In the policy of ${key.arn}, ${told.join("; ")}. Whoever the statement was meant for is denied.`,
        remedy: {
          text: `Write the principal with data.aws_caller_identity.current.account_id (here ${context.accountId}) or the role's own arn attribute, and apply again: a role that was replaced needs the policy written again too.`,
        },
        cuts: cutBy(key, account, context),
      };
    });
  },
};

/**
 * The key as the account shows it. A policy whose administrators are nobody keeps everybody from reading it: what Terraform's state
 * has of it then serves. Null where there is no such key.
 */
function keyOf(account: Account, context: RuleContext, reference: string): KeySetting | null {
  const subject = subjectOf("key", reference, context);
  const applied = account.find("state-keys", STATE_SUBJECT)?.keys.find(({ arn }) => arn === subject);
  if (account.look("key", reference).kind !== "unread" || applied === undefined)
    return settingOf(account, "key", reference);
  const { arn, policy } = applied;
  return { kind: "key", arn, state: "Enabled", manager: "CUSTOMER", policy, grants: { kind: "read", value: [] } };
}

/** The wires that this cuts; where that cannot be told, none are named. */
function cutBy(key: KeySetting, account: Account, context: RuleContext): Wire[] {
  const { stream: name, entryFunction, consumerFunction } = context.roles;
  const stopsStream = (access: "write" | "read", user: FunctionWithRole) => {
    const stream = name === undefined ? null : settingOf(account, "stream", name);
    return (
      stream !== null && stream.keyArn === key.arn && streamKeyUse(access, user, stream.arn, key, account, context)
    );
  };
  const stopsFunction = (user: FunctionWithRole) =>
    user.fn.keyArn === key.arn && variablesKeyUse(user, key, account, context);
  return [
    ...cut("entry-function", entryFunction, stopsFunction, account),
    ...cut("function-stream", entryFunction, (user) => stopsStream("write", user), account),
    ...cut("stream-consumer", consumerFunction, stopsFunction, account),
    ...cut("stream-consumer", consumerFunction, (user) => stopsStream("read", user), account),
  ];
}

function cut(
  wire: Wire,
  name: string | undefined,
  use: (user: FunctionWithRole) => KeyUse | false,
  account: Account,
): Wire[] {
  const used = attempt(() => {
    const user = name === undefined ? null : functionWithRole(account, name);
    return user !== null && use(user);
  });
  return used !== false && !(used instanceof CannotTell) && used.kind === "principal-unresolved" ? [wire] : [];
}
