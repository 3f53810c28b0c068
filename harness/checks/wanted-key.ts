import type { Account, Looked } from "./account.ts";
import type { RuleContext } from "./rule.ts";
import { subjectOf } from "./subject.ts";

/** How the key of a resource (ARN, id or alias) compares with the key that the pipeline's role `key` names. */
export type KeyMatch =
  /** The key of the role; or, where the pipeline names none, a key of the account's own. */
  | { readonly kind: "wanted" }
  /** Nothing, or AWS' own key. */
  | { readonly kind: "none" }
  | { readonly kind: "another"; readonly wantedArn: string }
  /** AWS' own key by name, in place of a key of the account. */
  | { readonly kind: "aws-managed" }
  /** An alias whose key could not be read. */
  | { readonly kind: "not-known"; readonly key: string; readonly looked: Exclude<Looked<"key">, { kind: "read" }> };

/** @param reference Empty where the resource has no key of its own. */
export function matchKey(reference: string, account: Account, context: RuleContext): KeyMatch {
  if (reference === "") return { kind: "none" };
  if (/(^|:)alias\/aws\//.test(reference)) return { kind: "aws-managed" };
  const own = resolveKey(reference, account, context);
  const wanted = context.roles.key;
  if (wanted === undefined) {
    return own.looked.kind === "read" && own.looked.setting.manager === "AWS"
      ? { kind: "aws-managed" }
      : { kind: "wanted" };
  }
  const role = resolveKey(wanted, account, context);
  if (own.arn === role.arn) return { kind: "wanted" };
  for (const key of [own, role]) {
    if (isAlias(key.arn) && key.looked.kind !== "read") return { kind: "not-known", key: key.arn, looked: key.looked };
  }
  return { kind: "another", wantedArn: role.arn };
}

function resolveKey(
  reference: string,
  account: Account,
  context: RuleContext,
): { readonly arn: string; readonly looked: Looked<"key"> } {
  const subject = subjectOf("key", reference, context);
  const looked = account.look("key", subject);
  return { arn: looked.kind === "read" ? looked.setting.arn : subject, looked };
}

function isAlias(arn: string): boolean {
  return /(^|:)alias\//.test(arn);
}
