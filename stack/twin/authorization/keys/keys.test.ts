import { describe, expect, it } from "vitest";
import type { Principal } from "../../model/ports.ts";
import { createAuthorizer } from "../create-authorizer.ts";
import {
  accountId,
  arn,
  bucketArn,
  exampleResources,
  keyArn,
  region,
  roleArn,
  stateOf,
  streamArn,
} from "../testing/example-stack.ts";
import { keyFailureAnswer } from "./key-failure-answer.ts";
import { createKeys } from "./keys.ts";
import { logGroupKeyUse, objectKeyUse, streamKeyUse, tableKeyUse } from "./service-key-uses.ts";

const producer: Principal = { kind: "role", roleArn: roleArn("ingest"), sessionName: "ingest" };
const write = (key: string) => streamKeyUse("write", producer, { key, region, streamArn });

function keysOf(change: (resources: ReturnType<typeof exampleResources>) => void = () => undefined) {
  const resources = exampleResources();
  change(resources);
  const state = stateOf(resources);
  const authorizer = createAuthorizer(state, { nowMs: () => 0 });
  return createKeys(state, authorizer);
}

describe("a key", () => {
  it.each([keyArn, "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/main", arn("kms", "alias/main")])(
    "is found by %s",
    (name) => {
      expect(keysOf().arnOf(name)).toBe(keyArn);
      expect(keysOf().mayUseKey(write(name))).toEqual({ kind: "allowed" });
    },
  );

  it("that is disabled refuses whom its policy lets in, and the others as before", () => {
    const disabled = keysOf((resources) => {
      resources["aws_kms_key.main"] = { ...resources["aws_kms_key.main"], is_enabled: false };
    });
    const stranger: Principal = { kind: "role", roleArn: roleArn("content"), sessionName: "x" };
    const strangersUse = streamKeyUse("write", stranger, { key: keyArn, region, streamArn });
    expect(disabled.mayUseKey(write(keyArn))).toEqual({ kind: "disabled", keyArn });
    expect(disabled.mayUseKey(strangersUse).kind).toBe("denied");
  });

  it("that AWS manages serves the whole account by way of its service", () => {
    expect(keysOf().mayUseKey(write("alias/aws/kinesis"))).toEqual({ kind: "allowed" });
  });

  it("of another stack serves too, and is noted", () => {
    const elsewhere = arn("kms", "key/99999999-12ab-34cd-56ef-1234567890ab");
    const keys = keysOf((resources) => {
      resources["aws_kinesis_stream.events"] = { ...resources["aws_kinesis_stream.events"], kms_key_id: elsewhere };
    });
    expect(keys.mayUseKey(write(elsewhere))).toEqual({ kind: "allowed" });
    expect(keys.notes).toEqual([
      `key ${elsewhere} of aws_kinesis_stream.events is not in the state: taken to let this account's identities and services in`,
    ]);
  });
});

describe("the uses that services make of a key", () => {
  const object = { key: keyArn, region, bucketArn, objectKey: "a/b", bucketKeyEnabled: true };

  it.each([
    ["put", "kms:GenerateDataKey"],
    ["copy-to", "kms:GenerateDataKey"],
    ["create-multipart-upload", "kms:GenerateDataKey"],
    ["upload-part", "kms:Decrypt"],
    ["complete-multipart-upload", "kms:Decrypt"],
    ["get", "kms:Decrypt"],
    ["copy-from", "kms:Decrypt"],
  ] as const)("S3 %s: %s", (access, operation) => {
    expect(objectKeyUse(access, producer, object)).toMatchObject({
      operation,
      viaService: `s3.${region}.amazonaws.com`,
    });
  });

  it("S3 gives the bucket's ARN with a bucket key, the object's without", () => {
    const contexts = [true, false].map(
      (bucketKeyEnabled) => objectKeyUse("put", producer, { ...object, bucketKeyEnabled }).encryptionContext,
    );
    expect(contexts).toEqual([{ "aws:s3:arn": bucketArn }, { "aws:s3:arn": `${bucketArn}/a/b` }]);
  });

  it("Kinesis, DynamoDB and the logs service", () => {
    expect(streamKeyUse("read", producer, { key: keyArn, region, streamArn })).toEqual({
      principal: producer,
      operation: "kms:Decrypt",
      key: keyArn,
      viaService: `kinesis.${region}.amazonaws.com`,
      encryptionContext: { "aws:kinesis:arn": streamArn },
    });
    expect(tableKeyUse(producer, { key: keyArn, region, tableName: "t", accountId })).toMatchObject({
      operation: "kms:Decrypt",
      encryptionContext: { "aws:dynamodb:tableName": "t", "aws:dynamodb:subscriberId": accountId },
    });
    const group = { key: keyArn, region, logGroupArn: arn("logs", "log-group:g:*"), accountId };
    const chinese = logGroupKeyUse("read", { ...group, partition: "aws-cn" });
    expect(chinese.principal).toMatchObject({ service: `logs.${region}.amazonaws.com.cn` });
    expect(chinese.encryptionContext).toEqual({ "aws:logs:arn": arn("logs", "log-group:g") });
  });
});

describe("what a service answers when KMS refuses it", () => {
  const denied = {
    kind: "denied",
    keyArn,
    reason: "because no identity-based policy allows the kms:Decrypt action",
  } as const;
  const sentence = `User: arn:aws:sts::${accountId}:assumed-role/ingest/ingest is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`;
  const answer = (
    service: Parameters<typeof keyFailureAnswer>[0],
    failure: Parameters<typeof keyFailureAnswer>[3] = denied,
  ) => keyFailureAnswer(service, producer, "kms:Decrypt", failure);

  it.each([
    ["kinesis", 400, "KMSAccessDeniedException"],
    ["s3", 403, "AccessDenied"],
    ["dynamodb", 400, "AccessDeniedException"],
    ["logs", 400, "AccessDeniedException"],
    ["lambda", 502, "KMSAccessDeniedException"],
  ] as const)("%s: %i %s", (service, status, code) => {
    expect(answer(service)).toMatchObject({ status, code, message: expect.stringContaining(sentence) });
  });

  it.each([
    ["kinesis", "disabled", "KMSDisabledException", `${keyArn} is disabled.`],
    ["s3", "disabled", "KMS.DisabledException", `${keyArn} is disabled.`],
    ["lambda", "disabled", "KMSDisabledException", "because the KMS key is disabled"],
  ] as const)("%s with a key %s: %s", (service, kind, code, message) => {
    expect(answer(service, { kind, keyArn })).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
