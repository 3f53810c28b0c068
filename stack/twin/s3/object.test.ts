import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { bodyOf, closeS3, inContent, inPlain, keyArn, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("an object", () => {
  it("comes back as it was put, with its headers and its own encryption", async () => {
    const { client } = await startS3();
    const put = await client.send(
      new PutObjectCommand({
        ...inContent,
        Key: "a/b.json",
        Body: '{"id":"1"}',
        ContentType: "application/json",
        Metadata: { tag: "sp-1" },
      }),
    );
    expect(put).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: keyArn,
      BucketKeyEnabled: true,
      VersionId: expect.stringMatching(/^[0-9a-f]{32}$/),
      ChecksumCRC32: expect.any(String),
    });
    const got = await client.send(new GetObjectCommand({ ...inContent, Key: "a/b.json" }));
    expect(got).toMatchObject({
      ContentType: "application/json",
      Metadata: { tag: "sp-1" },
      ETag: put.ETag,
      VersionId: put.VersionId,
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: keyArn,
      ContentLength: 10,
    });
    expect(await got.Body?.transformToString()).toBe('{"id":"1"}');
    expect(await client.send(new HeadObjectCommand({ ...inContent, Key: "a/b.json" }))).toMatchObject({
      ContentLength: 10,
      SSEKMSKeyId: keyArn,
      LastModified: expect.any(Date),
    });
  });

  it("is encrypted as the request asks, whatever the bucket's default", async () => {
    const { client } = await startS3();
    expect(
      await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x", ServerSideEncryption: "AES256" })),
    ).toMatchObject({ ServerSideEncryption: "AES256" });
    expect(
      (
        await client.send(
          new PutObjectCommand({
            ...inPlain,
            Key: "k",
            Body: "x",
            ServerSideEncryption: "aws:kms",
            SSEKMSKeyId: "1234",
          }),
        )
      ).SSEKMSKeyId,
    ).toBe("arn:aws:kms:eu-central-1:123456789012:key/1234");
    expect((await client.send(new HeadObjectCommand({ ...inPlain, Key: "k" }))).ServerSideEncryption).toBe("aws:kms");
  });

  it.each([
    "a b+c",
    "ä/ö ü",
    "x?y&z=1",
    "per%20cent%2F",
    "quote'\"<&>",
    "//double",
    "emoji 🚀",
    "dot/../dot",
    "tab\tnewline\n",
  ])("may have the key %j", async (Key) => {
    const { client } = await startS3();
    await client.send(new PutObjectCommand({ ...inPlain, Key, Body: Key }));
    expect(await bodyOf(client, { ...inPlain, Key })).toBe(Key);
    expect((await client.send(new ListObjectsV2Command(inPlain))).Contents?.map((each) => each.Key)).toEqual([Key]);
  });

  it("is read in part", async () => {
    const { client } = await startS3();
    await client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "0123456789" }));
    expect(await bodyOf(client, { ...inPlain, Key: "k", Range: "bytes=2-4" })).toBe("234");
    expect(await bodyOf(client, { ...inPlain, Key: "k", Range: "bytes=7-" })).toBe("789");
    expect(await bodyOf(client, { ...inPlain, Key: "k", Range: "bytes=-2" })).toBe("89");
    expect((await client.send(new GetObjectCommand({ ...inPlain, Key: "k", Range: "bytes=2-4" }))).ContentRange).toBe(
      "bytes 2-4/10",
    );
    await expect(client.send(new GetObjectCommand({ ...inPlain, Key: "k", Range: "bytes=10-" }))).rejects.toMatchObject(
      { name: "InvalidRange" },
    );
  });

  it.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "is held against its %s checksum",
    async (algorithm) => {
      const { client, port } = await startS3();
      const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
      // The check values of "123456789" in the catalogue of CRC algorithms, and its digests.
      const known = {
        CRC32: "y/Q5Jg==",
        CRC32C: "4waSgw==",
        CRC64NVME: "rosUhgp5mIg=",
        SHA1: "98O8HYCOBHMq32eZZczDTKeuNEE=",
        SHA256: "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
      }[algorithm];
      const put = (value: string) =>
        fetch(`http://127.0.0.1:${port}/plain-bucket/k`, {
          method: "PUT",
          body: "123456789",
          headers: { [name]: value },
        });
      expect((await put(known)).headers.get(name)).toBe(known);
      const refused = await put(`${known.slice(0, 2)}A${known.slice(3)}`);
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("<Code>BadDigest</Code>")]);
      expect(await client.send(new GetObjectCommand({ ...inPlain, Key: "k", ChecksumMode: "ENABLED" }))).toMatchObject({
        [`Checksum${algorithm}`]: known,
      });
    },
  );

  it("is held against its Content-MD5", async () => {
    const { port } = await startS3();
    const put = (md5: string) =>
      fetch(`http://127.0.0.1:${port}/plain-bucket/k`, {
        method: "PUT",
        body: "123456789",
        headers: { "content-md5": md5 },
      });
    expect((await put("JfnnlDI7RTiF9RgfG2JNCw==")).status).toBe(200);
    expect((await put("AfnnlDI7RTiF9RgfG2JNCw==")).status).toBe(400);
  });

  it("comes in a stream of chunks with its checksum behind it", async () => {
    const { client, port } = await startS3();
    const chunked = (crc32: string) =>
      `4;chunk-signature=0\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:${crc32}\r\n\r\n`;
    const put = (crc32: string) =>
      fetch(`http://127.0.0.1:${port}/plain-bucket/k`, {
        method: "PUT",
        body: chunked(crc32),
        headers: {
          "content-encoding": "gzip,aws-chunked",
          "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          "x-amz-trailer": "x-amz-checksum-crc32",
        },
      });
    expect((await put("y/Q5Jg==")).status).toBe(200);
    expect(await bodyOf(client, { ...inPlain, Key: "k" })).toBe("123456789");
    expect((await client.send(new HeadObjectCommand({ ...inPlain, Key: "k" }))).ContentEncoding).toBe("gzip");
    expect((await put("AAAAAA==")).status).toBe(400);
  });

  it("is not there under another key or in another bucket", async () => {
    const { client } = await startS3();
    await expect(client.send(new GetObjectCommand({ ...inPlain, Key: "absent" }))).rejects.toMatchObject({
      name: "NoSuchKey",
      $metadata: { httpStatusCode: 404 },
    });
    await expect(client.send(new HeadObjectCommand({ ...inPlain, Key: "absent" }))).rejects.toMatchObject({
      name: "NotFound",
    });
    await expect(client.send(new GetObjectCommand({ Bucket: "absent", Key: "k" }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });

  it("is written only where nothing is, when asked so", async () => {
    const { client } = await startS3();
    const put = () => client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "x", IfNoneMatch: "*" }));
    await put();
    await expect(put()).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  it("is refused beyond the room there is, and taken again after some is freed", async () => {
    const { client } = await startS3({ options: { maxTotalBytes: 20, maxObjectBytes: 15 } });
    const put = (Key: string, bytes: number) =>
      client.send(new PutObjectCommand({ ...inPlain, Key, Body: "x".repeat(bytes) }));
    await expect(put("large", 200)).rejects.toMatchObject({ name: "EntityTooLarge" });
    await put("one", 12);
    await expect(put("two", 12)).rejects.toMatchObject({
      name: "InsufficientStorage",
      $metadata: { httpStatusCode: 507 },
    });
    await client.send(new DeleteObjectCommand({ ...inPlain, Key: "one" }));
    await put("two", 12);
  });
});
