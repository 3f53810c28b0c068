import type { Authorizer } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import type { Grant } from "../policy/match-grant.ts";
import { keyDirectory } from "./key-directory.ts";

/**
 * Where a function's variables are encrypted with a key of the stack's, Lambda makes a grant on it for the function's
 * session when the function is made, in the name of whoever makes it, if they may: CreateGrant by way of Lambda. Whoever
 * applied the stack is taken to be an administrator. Without the grant the role itself needs kms:Decrypt.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function grantFunctionsTheirKeys(
  state: TwinState,
  decide: Authorizer["decide"],
  grantsOf: (keyArn: string) => Grant[],
): void {
  const keyNamed = keyDirectory(state);
  const { accountId, partition, region } = state;
  const principal = { kind: "user", arn: `arn:${partition}:iam::${accountId}:user/administrator` } as const;
  for (const { arn, function_name, role, kms_key_arn } of state.functions) {
    const keyArn = kms_key_arn === undefined ? undefined : keyNamed(kms_key_arn);
    if (keyArn === undefined) continue;
    const context = {
      "kms:ViaService": `lambda.${region}.amazonaws.com`,
      "kms:GrantIsForAWSResource": "true",
      "kms:EncryptionContext:aws:lambda:FunctionArn": arn,
    };
    if (!decide({ principal, action: "kms:CreateGrant", resourceArn: keyArn, context }).allowed) continue;
    const roleName = role.split("/").at(-1) ?? "";
    grantsOf(keyArn).push({
      granteePrincipal: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${function_name}`,
      actions: ["kms:Decrypt"],
      contextSubset: {},
      contextEquals: { "aws:lambda:FunctionArn": arn },
    });
  }
}
