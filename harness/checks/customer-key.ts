import type { Account, Looked } from "../model/settings/account.ts";
import { subjectOf } from "../model/settings/subject.ts";
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
  | { readonly kind: "not-known"; readonly key: string; readonly looked: Exclude<Looked<"key">, { kind: "read" }> };

/** @param reference ARN, id or alias. Empty where the resource has no key of its own. */
export function ownerOfKey(reference: string, account: Account, context: RuleContext): KeyOwner {
  if (reference === "") return { kind: "none" };
  if (/(^|:)alias\/aws\//.test(reference)) return { kind: "aws-managed" };
  const key = subjectOf("key", reference, context);
  if (context.roles.key !== undefined && key === subjectOf("key", context.roles.key, context))
    return { kind: "customer" };
  const looked = account.look("key", key);
  switch (looked.kind) {
    case "read":
      return isNamed(looked.setting.arn, account, context) || looked.setting.manager === "CUSTOMER"
        ? { kind: "customer" }
        : { kind: "aws-managed" };
    case "absent":
      return { kind: "absent", key };
    case "unread":
    case "not-asked":
      return isNamed(key, account, context) ? { kind: "customer" } : { kind: "not-known", key, looked };
    default:
      return looked satisfies never;
  }
}

/** Whether the pipeline's role names the key of this ARN, be it by an alias. */
function isNamed(arn: string, account: Account, context: RuleContext): boolean {
  const { key } = context.roles;
  const looked = key === undefined ? undefined : account.look("key", subjectOf("key", key, context));
  return looked?.kind === "read" && looked.setting.arn === arn;
}
