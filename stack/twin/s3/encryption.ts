import type { ObjectAccess, Principal } from "../model/ports.ts";
import type { StoredObject } from "./object-store.ts";
import { S3Error, s3Errors } from "./s3-error.ts";
import type { OpenBucket, S3Parts } from "./s3-parts.ts";
import type { S3Request } from "./s3-request.ts";

type Encryption = StoredObject["encryption"];

/** How a new object is encrypted: as the request says, else as the bucket does by default. */
export function encryptionOf(parts: S3Parts, { config }: OpenBucket, request: S3Request): Encryption {
  const asked = request.header("x-amz-server-side-encryption");
  const fallback = config.defaultEncryption;
  if (asked === undefined) return resolved(parts, fallback.algorithm, fallback.kmsKeyId, fallback.bucketKeyEnabled);
  if (asked !== "AES256" && asked !== "aws:kms" && asked !== "aws:kms:dsse") {
    throw s3Errors.invalidArgument("The encryption method specified is not supported");
  }
  const bucketKey = request.header("x-amz-server-side-encryption-bucket-key-enabled");
  const keyId = request.header("x-amz-server-side-encryption-aws-kms-key-id");
  const bucketKeyEnabled = bucketKey === undefined ? fallback.bucketKeyEnabled : bucketKey === "true";
  return resolved(
    parts,
    asked,
    keyId ?? (fallback.algorithm === asked ? fallback.kmsKeyId : undefined),
    bucketKeyEnabled,
  );
}

export function encryptionHeaders({ algorithm, kmsKeyArn, bucketKeyEnabled }: Encryption): Record<string, string> {
  const headers: Record<string, string> = { "x-amz-server-side-encryption": algorithm };
  if (kmsKeyArn !== undefined) headers["x-amz-server-side-encryption-aws-kms-key-id"] = kmsKeyArn;
  if (kmsKeyArn !== undefined && bucketKeyEnabled) headers["x-amz-server-side-encryption-bucket-key-enabled"] = "true";
  return headers;
}

/** S3 uses the key in the caller's name; throws in S3's words where the key does not serve the caller. */
export function authorizeKey(
  parts: S3Parts,
  principal: Principal,
  access: ObjectAccess,
  opened: OpenBucket,
  objectKey: string,
  { kmsKeyArn, bucketKeyEnabled }: Encryption,
): void {
  if (kmsKeyArn === undefined) return;
  const object = { key: kmsKeyArn, bucketArn: opened.config.arn, objectKey, bucketKeyEnabled };
  const refused = parts.ports.keys.ofObject(access, principal, object);
  if (refused !== undefined) throw new S3Error(refused.status, refused.code, refused.message);
}

function resolved(
  parts: S3Parts,
  algorithm: Encryption["algorithm"],
  keyId: string | undefined,
  bucketKeyEnabled: boolean,
): Encryption {
  if (algorithm === "AES256") return { algorithm, kmsKeyArn: undefined, bucketKeyEnabled: false };
  const { region, accountId, keyArnOf } = parts.options;
  const base = `arn:aws:kms:${region}:${accountId}:`;
  const named = keyId ?? "alias/aws/s3";
  const known = keyArnOf(named);
  const guessed = named.startsWith("arn:")
    ? named
    : named.startsWith("alias/")
      ? `${base}${named}`
      : `${base}key/${named}`;
  return { algorithm, kmsKeyArn: known ?? guessed, bucketKeyEnabled };
}
