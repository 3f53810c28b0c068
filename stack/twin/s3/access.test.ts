import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { admin, closeS3, content, inContent, inPlain, keyArn, notifying, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("who may do what", () => {
  it("is asked with action, object and transport, and for the key through S3", async () => {
    const { client, asked } = await startS3();
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    await client.send(new GetObjectCommand({ ...inContent, Key: "k" }));
    const viaS3 = {
      "kms:ViaService": "s3.eu-central-1.amazonaws.com",
      "kms:EncryptionContext:aws:s3:arn": content.arn,
    };
    expect(asked).toEqual([
      {
        principal: admin,
        action: "s3:PutObject",
        resourceArn: `${content.arn}/k`,
        context: { "aws:SecureTransport": "true" },
      },
      { principal: admin, action: "kms:GenerateDataKey", resourceArn: keyArn, context: viaS3 },
      {
        principal: admin,
        action: "s3:GetObject",
        resourceArn: `${content.arn}/k`,
        context: { "aws:SecureTransport": "true" },
      },
      { principal: admin, action: "kms:Decrypt", resourceArn: keyArn, context: viaS3 },
    ]);
  });

  it("is answered AccessDenied in S3's words, and nothing is stored or told", async () => {
    const { client, sent } = await startS3({
      buckets: [notifying({})],
      decide: ({ action }) =>
        action === "kms:GenerateDataKey"
          ? { allowed: false, reason: "because no policy allows it" }
          : { allowed: true },
    });
    await expect(client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: ${admin.arn} is not authorized to perform: kms:GenerateDataKey on resource: ${keyArn} because no policy allows it`,
      $metadata: { httpStatusCode: 403 },
    });
    expect((await client.send(new ListObjectsV2Command(inContent))).KeyCount).toBe(0);
    expect(sent).toEqual([]);
  });

  it("does not learn that a key is absent without the right to list", async () => {
    const { client } = await startS3({
      decide: ({ action }) => (action === "s3:ListBucket" ? { allowed: false, reason: "" } : { allowed: true }),
    });
    await expect(client.send(new GetObjectCommand({ ...inPlain, Key: "absent" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("is nobody without a signature", async () => {
    const { client } = await startS3({ principal: "nobody" });
    await expect(client.send(new ListObjectsV2Command(inPlain))).rejects.toMatchObject({ name: "AccessDenied" });
  });
});
