import type { TwinState } from "../../state/twin-state.ts";
import type { Mapping } from "../mapping.ts";
import type { Key } from "./keys.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const keyMetadata = ({ accountId }: TwinState): Mapping<Key> => ({
  AWSAccountId: () => accountId,
  KeyId: "key_id",
  Arn: "arn",
  Enabled: "is_enabled",
  Description: ({ description }) => description ?? "",
  KeyUsage: "key_usage",
  KeyState: ({ is_enabled }) => (is_enabled ? "Enabled" : "Disabled"),
  Origin: () => "AWS_KMS",
  KeyManager: () => "CUSTOMER",
  CustomerMasterKeySpec: "customer_master_key_spec",
  KeySpec: "customer_master_key_spec",
  EncryptionAlgorithms: ({ key_usage, customer_master_key_spec: spec }) =>
    key_usage === "ENCRYPT_DECRYPT" ? encryptionAlgorithms(spec) : undefined,
  MultiRegion: "multi_region",
});

function encryptionAlgorithms(spec: string): string[] {
  return spec.startsWith("RSA_") ? ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] : [spec];
}
