import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { closeS3, inContent, inPlain, keyArn, notifying, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("an upload in parts", () => {
  const part = "x".repeat(5 * 1024 * 1024);

  it("becomes one object when it is completed", async () => {
    const { client, sent } = await startS3({ buckets: [notifying({})] });
    const upload = { ...inContent, Key: "big" };
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ ...upload, ContentType: "text/plain", ChecksumAlgorithm: "CRC32" }),
    );
    const parts = [];
    for (const [index, Body] of [part, "end"].entries()) {
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: index + 1, Body }));
      parts.push({ PartNumber: index + 1, ETag });
    }
    const completed = await client.send(
      new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts: parts } }),
    );
    expect(completed).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/),
      SSEKMSKeyId: keyArn,
      ChecksumCRC32: expect.stringMatching(/-2$/),
    });
    const got = await client.send(new GetObjectCommand(upload));
    expect(got.ContentType).toBe("text/plain");
    expect((await got.Body?.transformToString())?.length).toBe(part.length + 3);
    expect(sent[0]?.event.Records[0]).toMatchObject({
      eventName: "ObjectCreated:CompleteMultipartUpload",
      s3: { object: { key: "big", size: part.length + 3 } },
    });
  });

  it("is refused with a part that is too small, unknown or out of order, and gone once aborted", async () => {
    const { client } = await startS3();
    const upload = { ...inPlain, Key: "big" };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(upload));
    const eTags = [];
    for (const PartNumber of [1, 2])
      eTags.push((await client.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body: "small" }))).ETag);
    const complete = (...Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }));
    await expect(complete({ PartNumber: 1, ETag: eTags[0] }, { PartNumber: 2, ETag: eTags[1] })).rejects.toMatchObject({
      name: "EntityTooSmall",
    });
    await expect(complete({ PartNumber: 1, ETag: '"0"' })).rejects.toMatchObject({ name: "InvalidPart" });
    await expect(complete({ PartNumber: 2, ETag: eTags[1] }, { PartNumber: 1, ETag: eTags[0] })).rejects.toMatchObject({
      name: "InvalidPartOrder",
    });
    await client.send(new AbortMultipartUploadCommand({ ...upload, UploadId }));
    await expect(complete({ PartNumber: 1, ETag: eTags[0] })).rejects.toMatchObject({ name: "NoSuchUpload" });
  });
});
