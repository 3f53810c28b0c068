import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import {
  closeS3,
  content,
  functionArn,
  inContent,
  inPlain,
  keyArn,
  notifying,
  plain,
  startS3,
} from "./testing/served-s3.ts";

afterEach(closeS3);

describe("a bucket's settings", () => {
  it("are the state's", async () => {
    const { client } = await startS3({ buckets: [notifying({ filterPrefix: "in/", filterSuffix: ".json" }), plain] });
    expect(await client.send(new GetBucketVersioningCommand(inContent))).toMatchObject({ Status: "Enabled" });
    expect((await client.send(new GetBucketVersioningCommand(inPlain))).Status).toBeUndefined();
    expect(
      (await client.send(new GetBucketEncryptionCommand(inContent))).ServerSideEncryptionConfiguration?.Rules,
    ).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn },
        BucketKeyEnabled: true,
      },
    ]);
    expect(
      (await client.send(new GetBucketNotificationConfigurationCommand(inContent))).LambdaFunctionConfigurations,
    ).toEqual([
      {
        Id: "created",
        LambdaFunctionArn: functionArn,
        Events: ["s3:ObjectCreated:*"],
        Filter: {
          Key: {
            FilterRules: [
              { Name: "prefix", Value: "in/" },
              { Name: "suffix", Value: ".json" },
            ],
          },
        },
      },
    ]);
    expect((await client.send(new GetBucketPolicyCommand(inContent))).Policy).toBe(content.policy);
    expect((await client.send(new GetBucketTaggingCommand(inContent))).TagSet).toEqual([
      { Key: "owner", Value: "team & co" },
    ]);
    expect((await client.send(new GetPublicAccessBlockCommand(inContent))).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    });
    expect((await client.send(new GetBucketLocationCommand(inContent))).LocationConstraint).toBe("eu-central-1");
    expect((await client.send(new GetBucketLoggingCommand(inContent))).LoggingEnabled).toBeUndefined();
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
      content.name,
      plain.name,
    ]);
    expect((await client.send(new HeadBucketCommand(inContent))).BucketRegion).toBe("eu-central-1");
  });

  it("that are not set have AWS' own errors", async () => {
    const { client } = await startS3();
    await expect(client.send(new GetBucketPolicyCommand(inPlain))).rejects.toMatchObject({
      name: "NoSuchBucketPolicy",
    });
    await expect(client.send(new GetBucketTaggingCommand(inPlain))).rejects.toMatchObject({ name: "NoSuchTagSet" });
    await expect(client.send(new GetPublicAccessBlockCommand(inPlain))).rejects.toMatchObject({
      name: "NoSuchPublicAccessBlockConfiguration",
    });
    await expect(client.send(new HeadBucketCommand({ Bucket: "absent" }))).rejects.toMatchObject({ name: "NotFound" });
  });

  it("cannot be changed here: that is counted and answered NotImplemented", async () => {
    const { client, ports } = await startS3();
    await expect(
      client.send(new PutBucketTaggingCommand({ ...inPlain, Tagging: { TagSet: [] } })),
    ).rejects.toMatchObject({ name: "NotImplemented", $metadata: { httpStatusCode: 501 } });
    expect(ports.unimplemented.counts()).toEqual([{ service: "s3", operation: "PUT bucket?tagging", count: 1 }]);
  });
});
