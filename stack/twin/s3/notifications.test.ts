import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { closeS3, content, functionArn, inContent, notifying, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("a notification", () => {
  it("goes to its function for an object that was put, in S3's name", async () => {
    const { client, sent } = await startS3({ buckets: [notifying({})] });
    const { VersionId, ETag } = await client.send(
      new PutObjectCommand({ ...inContent, Key: "in/a b+ü.json", Body: "{}" }),
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      arn: functionArn,
      by: { kind: "service", service: "s3.amazonaws.com", sourceArn: content.arn, sourceAccount: "123456789012" },
    });
    expect(sent[0]?.event.Records).toEqual([
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "eu-central-1",
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        eventName: "ObjectCreated:Put",
        userIdentity: { principalId: expect.any(String) },
        requestParameters: { sourceIPAddress: expect.any(String) },
        responseElements: { "x-amz-request-id": "request 1", "x-amz-id-2": expect.any(String) },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: "created",
          bucket: { name: content.name, ownerIdentity: { principalId: expect.any(String) }, arn: content.arn },
          object: {
            key: "in/a+b%2B%C3%BC.json",
            size: 2,
            eTag: ETag?.replaceAll('"', ""),
            versionId: VersionId,
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
        },
      },
    ]);
  });

  it.each([
    [{ filterPrefix: "in/" }, "in/x", 1],
    [{ filterPrefix: "in/" }, "out/x", 0],
    [{ filterSuffix: ".json" }, "x.json", 1],
    [{ filterSuffix: ".json" }, "x.txt", 0],
    [{ events: ["s3:ObjectCreated:Put"] }, "x", 1],
    [{ events: ["s3:ObjectCreated:CompleteMultipartUpload"] }, "x", 0],
    [{ events: ["s3:ObjectRemoved:*"] }, "x", 0],
  ])("with %j and key %s is sent %i times", async (changed, Key, times) => {
    const { client, sent } = await startS3({ buckets: [notifying(changed)] });
    await client.send(new PutObjectCommand({ ...inContent, Key, Body: "x" }));
    expect(sent).toHaveLength(times);
  });

  it("tells of deletions, as markers or for good", async () => {
    const { client, sent } = await startS3({ buckets: [notifying({ events: ["s3:ObjectRemoved:*"] })] });
    const { VersionId } = await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    await client.send(new DeleteObjectCommand({ ...inContent, Key: "k" }));
    await client.send(new DeleteObjectCommand({ ...inContent, Key: "k", VersionId }));
    expect(sent.map(({ event }) => event.Records[0]?.["eventName"])).toEqual([
      "ObjectRemoved:DeleteMarkerCreated",
      "ObjectRemoved:Delete",
    ]);
  });

  it("to a queue is counted as not implemented, and noted", async () => {
    const { client, ports, s3 } = await startS3({
      buckets: [notifying({ destination: { kind: "queue", arn: "arn:aws:sqs:eu-central-1:123456789012:q" } })],
    });
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    expect(ports.unimplemented.counts()).toHaveLength(1);
    expect(s3.notes).toEqual([expect.stringContaining("arn:aws:sqs")]);
  });

  it.each([
    [{ kind: "drop" }, 0],
    [{ kind: "duplicate" }, 2],
    [{ kind: "none" }, 1],
  ] as const)("with %j planted is sent %i times", async (fault, times) => {
    const { client, sent } = await startS3({ buckets: [notifying({})], fault });
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    expect(sent).toHaveLength(times);
  });
});
