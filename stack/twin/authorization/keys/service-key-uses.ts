import type { ObjectAccess, Principal } from "../../model/ports.ts";
import type { KeyUse } from "./key-use.ts";

/**
 * Which calls to KMS each service makes, in whose name, with which encryption context. A service that acts for its
 * caller carries the caller's identity (`kms:ViaService` says by way of what): a key policy that names the service
 * principal instead lets no caller in. https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
 */
export interface KeyedResource {
  /** As the resource's setting names its key. */
  readonly key: string;
  readonly region: string;
}

/**
 * Kinesis: PutRecord and PutRecords make a data key in the producer's name, GetRecords (an event source mapping's, in
 * the name of the function's role) decrypts. https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 */
export function streamKeyUse(
  access: "write" | "read",
  principal: Principal,
  stream: KeyedResource & { readonly streamArn: string },
): KeyUse {
  return {
    principal,
    operation: access === "write" ? "kms:GenerateDataKey" : "kms:Decrypt",
    key: stream.key,
    viaService: `kinesis.${stream.region}.amazonaws.com`,
    encryptionContext: { "aws:kinesis:arn": stream.streamArn },
  };
}

/**
 * S3 with SSE-KMS: an object is written with a new data key, read by decrypting it; parts of a multipart upload decrypt
 * the key that its beginning made, and so does completing it. HEAD needs no key. With a bucket key the encryption
 * context is the bucket's ARN, without one the object's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export function objectKeyUse(
  access: ObjectAccess,
  principal: Principal,
  object: KeyedResource & {
    readonly bucketArn: string;
    readonly objectKey: string;
    readonly bucketKeyEnabled: boolean;
  },
): KeyUse {
  const writes = access === "put" || access === "copy-to" || access === "create-multipart-upload";
  const { bucketArn, objectKey, bucketKeyEnabled } = object;
  return {
    principal,
    operation: writes ? "kms:GenerateDataKey" : "kms:Decrypt",
    key: object.key,
    viaService: `s3.${object.region}.amazonaws.com`,
    encryptionContext: { "aws:s3:arn": bucketKeyEnabled ? bucketArn : `${bucketArn}/${objectKey}` },
  };
}

/**
 * DynamoDB: every item operation, writes too, decrypts the table's key in the caller's name (kept for five minutes per
 * caller, which the twin leaves out: a denial shows at once). DynamoDB's own grants serve its background work alone.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html and, for writes that fail
 * without kms:Decrypt, https://github.com/aws/aws-cdk/issues/10010
 */
export function tableKeyUse(
  principal: Principal,
  table: KeyedResource & { readonly tableName: string; readonly accountId: string },
): KeyUse {
  return {
    principal,
    operation: "kms:Decrypt",
    key: table.key,
    viaService: `dynamodb.${table.region}.amazonaws.com`,
    encryptionContext: {
      "aws:dynamodb:tableName": table.tableName,
      "aws:dynamodb:subscriberId": table.accountId,
    },
  };
}

/**
 * CloudWatch Logs: the regional service itself encrypts what comes in and decrypts what is asked for; a caller that writes or
 * reads needs nothing on the key. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logGroupKeyUse(
  access: "write" | "read",
  group: KeyedResource & { readonly logGroupArn: string; readonly accountId: string; readonly partition: string },
): KeyUse {
  const suffix = group.partition === "aws-cn" ? ".cn" : "";
  // The group's ARN in the context has no `:*` at its end.
  const logGroupArn = group.logGroupArn.replace(/:\*$/, "");
  return {
    principal: {
      kind: "service",
      service: `logs.${group.region}.amazonaws.com${suffix}`,
      sourceArn: logGroupArn,
      sourceAccount: group.accountId,
    },
    operation: access === "write" ? "kms:GenerateDataKey" : "kms:Decrypt",
    key: group.key,
    encryptionContext: { "aws:logs:arn": logGroupArn },
  };
}

/**
 * Lambda: a function's variables are decrypted when an environment starts, in the name of the function's session. The
 * grant that Lambda made on the key when the function was made suffices.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function functionVariablesKeyUse(
  aFunction: KeyedResource & {
    readonly functionArn: string;
    readonly functionName: string;
    readonly roleArn: string;
  },
): KeyUse {
  return {
    principal: { kind: "role", roleArn: aFunction.roleArn, sessionName: aFunction.functionName },
    operation: "kms:Decrypt",
    key: aFunction.key,
    viaService: `lambda.${aFunction.region}.amazonaws.com`,
    encryptionContext: { "aws:lambda:FunctionArn": aFunction.functionArn },
  };
}
