import type { AuthorizationRequest, Principal } from "../../model/ports.ts";

/** One call to KMS that a service makes to do what it was asked. */
export interface KeyUse {
  /** The one whose permission counts: the caller of the service, or the service itself. */
  readonly principal: Principal;
  readonly operation: KeyOperation;
  /** As the setting names the key: id, ARN, alias name or alias ARN. */
  readonly key: string;
  /** For example `kinesis.eu-west-1.amazonaws.com`; absent where the service calls in its own name. */
  readonly viaService?: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export type KeyOperation =
  | "kms:Encrypt"
  | "kms:Decrypt"
  | "kms:GenerateDataKey"
  | "kms:GenerateDataKeyWithoutPlaintext"
  | "kms:ReEncryptFrom"
  | "kms:ReEncryptTo"
  | "kms:DescribeKey"
  | "kms:CreateGrant";

/** How a use of a key ended. Each kind but the first is another error at the service, see `key-failure-answer.ts`. */
export type KeyUseOutcome =
  | { readonly kind: "allowed" }
  /** `reason` ends the sentence of KMS' refusal. */
  | { readonly kind: "denied"; readonly keyArn: string; readonly reason: string }
  | { readonly kind: "disabled"; readonly keyArn: string };

/** What KMS would be asked to authorize. */
export function authorizationOf(use: KeyUse, keyArn: string): AuthorizationRequest {
  const context: Record<string, string> = {};
  if (use.viaService !== undefined) context["kms:ViaService"] = use.viaService;
  for (const [key, value] of Object.entries(use.encryptionContext)) context[`kms:EncryptionContext:${key}`] = value;
  return { principal: use.principal, action: use.operation, resourceArn: keyArn, context };
}
