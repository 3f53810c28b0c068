import type { Account } from "../model/settings/account.ts";
import { subjectOf } from "../model/settings/subject.ts";
import { attempt, CannotTell, settingOf } from "./judging.ts";
import type { RuleContext } from "./rule.ts";

/** Whose key a resource is encrypted with. */
export type KeyOwner =
  /** A key of the customer's own: the one that the pipeline's role `key` names, or any other, for a stack may have several. */
  | { readonly kind: "customer" }
  /** No key is named. */
  | { readonly kind: "none" }
  /** AWS' own key by name, in place of a key of the account. */
  | { readonly kind: "aws-managed" }
  /** A key that does not exist: nothing can be encrypted with it. */
  | { readonly kind: "absent"; readonly key: string }
  /** A key that could not be read, so that nobody knows whose it is. */
  | { readonly kind: "not-known"; readonly why: CannotTell };

/**
 * @param reference ARN, id or alias. Empty where the resource has no key of its own.
 * @param resource The resource in words: `log group web`.
 */
export function ownerOfKey(reference: string, resource: string, account: Account, context: RuleContext): KeyOwner {
  if (reference === "") return { kind: "none" };
  if (/(^|:)alias\/aws\//.test(reference)) return { kind: "aws-managed" };
  const key = subjectOf("key", reference, context);
  if (context.roles.key !== undefined && key === subjectOf("key", context.roles.key, context))
    return { kind: "customer" };
  const setting = attempt(() => settingOf(account, "key", key, `key ${key} of ${resource}`));
  if (setting === null) return { kind: "absent", key };
  if (setting instanceof CannotTell)
    return isNamed(key, account, context) ? { kind: "customer" } : { kind: "not-known", why: setting };
  const isOwn = setting.manager === "CUSTOMER" || isNamed(setting.arn, account, context);
  return { kind: isOwn ? "customer" : "aws-managed" };
}

/** Whether the pipeline's role names the key of this ARN, be it by an alias. */
function isNamed(arn: string, account: Account, context: RuleContext): boolean {
  const { key } = context.roles;
  return account.find("key", key)?.arn === arn;
}
