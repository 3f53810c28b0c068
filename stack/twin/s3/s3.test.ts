import { createServer } from "node:http";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { createKeyUses } from "../authorization/index.ts";
import { authorizationOf } from "../authorization/keys/key-use.ts";
import { rememberingPorts } from "../lambda/testing/test-ports.ts";
import type { AuthorizationRequest, Decision, FaultAction, Principal } from "../model/ports.ts";
import { type BucketConfig, createS3, type S3Options } from "./index.ts";

const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/994fa80f-59a6-f4a2-ae0c-7b708597994f";
const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:content";
const admin: Principal = { kind: "user", arn: "arn:aws:iam::123456789012:user/admin" };
const content: BucketConfig = {
  name: "content-bucket",
  arn: "arn:aws:s3:::content-bucket",
  region: "eu-central-1",
  versioning: "Enabled",
  defaultEncryption: { algorithm: "aws:kms", kmsKeyId: keyArn, bucketKeyEnabled: true },
  notifications: [],
  eventBridge: false,
  policy: '{"Version":"2012-10-17","Statement":[]}',
  tags: { owner: "team & co" },
  logging: undefined,
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: false,
  },
  objectOwnership: "BucketOwnerEnforced",
};
const plain: BucketConfig = {
  ...content,
  name: "plain-bucket",
  arn: "arn:aws:s3:::plain-bucket",
  versioning: "Unversioned",
  defaultEncryption: { algorithm: "AES256", kmsKeyId: undefined, bucketKeyEnabled: false },
  policy: undefined,
  tags: {},
  publicAccessBlock: undefined,
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Given {
  readonly buckets?: readonly BucketConfig[];
  readonly options?: Partial<S3Options>;
  readonly decide?: (request: AuthorizationRequest) => Decision;
  readonly fault?: FaultAction;
  readonly principal?: Principal | "nobody";
}

async function start(given: Given = {}) {
  const ports = rememberingPorts();
  const asked: AuthorizationRequest[] = [];
  const sent: { arn: string; event: { Records: Record<string, unknown>[] }; by: Principal }[] = [];
  const decide = (request: AuthorizationRequest): Decision => {
    asked.push(request);
    return given.decide?.(request) ?? { allowed: true };
  };
  const keys = createKeyUses(
    { accountId: "123456789012", partition: "aws", region: "eu-central-1" },
    {
      mayUseKey(use) {
        const decision = decide(authorizationOf(use, use.key));
        return decision.allowed ? { kind: "allowed" } : { kind: "denied", keyArn: use.key, reason: decision.reason };
      },
      arnOf: (key) => key,
      notes: [],
    },
  );
  const s3 = createS3(
    given.buckets ?? [content, plain],
    {
      ...ports,
      authorizer: { decide },
      keys,
      faults: {
        actionAt: (hop) => (hop.startsWith("s3-notification:") ? (given.fault ?? { kind: "none" }) : { kind: "none" }),
      },
      invoker: {
        invoke: async () => ({ kind: "not-found" }),
        invokeLater: async (arn, payload, by) => {
          sent.push({ arn, event: JSON.parse(payload), by });
          return "queued";
        },
      },
    },
    { region: "eu-central-1", accountId: "123456789012", ...given.options },
  );
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    const context = {
      principal: given.principal === "nobody" ? undefined : (given.principal ?? admin),
      secureTransport: true,
      requestId: `request ${++requests}`,
    };
    void s3.service
      .handle(
        { method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers, body: incoming },
        context,
      )
      .then((answer) => {
        outgoing.writeHead(answer.status, answer.headers);
        outgoing.end(answer.body);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const client = new S3Client({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "A", secretAccessKey: "S" },
    maxAttempts: 1,
  });
  open.push(async () => {
    client.destroy();
    await s3.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
  return { client, s3, asked, sent, ports, port };
}

const inContent = { Bucket: content.name };
const inPlain = { Bucket: plain.name };
const bodyOf = async (client: S3Client, input: { Bucket: string; Key: string; VersionId?: string; Range?: string }) =>
  (await client.send(new GetObjectCommand(input))).Body?.transformToString();

describe("an object", () => {
  it("comes back as it was put, with its headers and its own encryption", async () => {
    const { client } = await start();
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
    const { client } = await start();
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
    const { client } = await start();
    await client.send(new PutObjectCommand({ ...inPlain, Key, Body: Key }));
    expect(await bodyOf(client, { ...inPlain, Key })).toBe(Key);
    expect((await client.send(new ListObjectsV2Command(inPlain))).Contents?.map((each) => each.Key)).toEqual([Key]);
  });

  it("is read in part", async () => {
    const { client } = await start();
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
      const { client, port } = await start();
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
    const { port } = await start();
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
    const { client, port } = await start();
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
    const { client } = await start();
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
    const { client } = await start();
    const put = () => client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "x", IfNoneMatch: "*" }));
    await put();
    await expect(put()).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  it("is refused beyond the room there is, and taken again after some is freed", async () => {
    const { client } = await start({ options: { maxTotalBytes: 20, maxObjectBytes: 15 } });
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

describe("versions", () => {
  it("are kept, marked as deleted, and taken away one by one", async () => {
    const { client } = await start();
    const put = async (Body: string) =>
      (await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body }))).VersionId ?? "";
    const [first, second] = [await put("one"), await put("two")];
    expect(await bodyOf(client, { ...inContent, Key: "k" })).toBe("two");
    expect(await bodyOf(client, { ...inContent, Key: "k", VersionId: first })).toBe("one");
    const marker = await client.send(new DeleteObjectCommand({ ...inContent, Key: "k" }));
    expect(marker.DeleteMarker).toBe(true);
    await expect(client.send(new GetObjectCommand({ ...inContent, Key: "k" }))).rejects.toMatchObject({
      name: "NoSuchKey",
    });
    expect((await client.send(new ListObjectsV2Command(inContent))).KeyCount).toBe(0);
    const listed = await client.send(new ListObjectVersionsCommand(inContent));
    expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second, false],
      [first, false],
    ]);
    expect(listed.DeleteMarkers).toMatchObject([{ Key: "k", VersionId: marker.VersionId, IsLatest: true }]);
    await client.send(new DeleteObjectCommand({ ...inContent, Key: "k", VersionId: marker.VersionId }));
    expect(await bodyOf(client, { ...inContent, Key: "k" })).toBe("two");
    await client.send(
      new DeleteObjectsCommand({
        ...inContent,
        Delete: {
          Objects: [
            { Key: "k", VersionId: first },
            { Key: "k", VersionId: second },
          ],
        },
      }),
    );
    expect((await client.send(new ListObjectVersionsCommand(inContent))).Versions ?? []).toEqual([]);
    await expect(client.send(new GetObjectCommand({ ...inContent, Key: "k", VersionId: first }))).rejects.toMatchObject(
      { name: "NoSuchVersion" },
    );
  });

  it("are none in a bucket without versioning", async () => {
    const { client } = await start();
    expect((await client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "one" }))).VersionId).toBeUndefined();
    await client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "two" }));
    expect((await client.send(new ListObjectVersionsCommand(inPlain))).Versions).toMatchObject([
      { Key: "k", VersionId: "null", IsLatest: true, Size: 3 },
    ]);
    await client.send(new DeleteObjectCommand({ ...inPlain, Key: "k" }));
    expect((await client.send(new ListObjectVersionsCommand(inPlain))).Versions ?? []).toEqual([]);
  });

  it("go with every other delete of a batch, quietly if asked", async () => {
    const { client } = await start();
    for (const Key of ["a", "b", "c & d"]) await client.send(new PutObjectCommand({ ...inPlain, Key, Body: Key }));
    const deleted = await client.send(
      new DeleteObjectsCommand({ ...inPlain, Delete: { Objects: [{ Key: "a" }, { Key: "c & d" }] } }),
    );
    expect(deleted.Deleted?.map(({ Key }) => Key)).toEqual(["a", "c & d"]);
    expect(
      (await client.send(new DeleteObjectsCommand({ ...inPlain, Delete: { Quiet: true, Objects: [{ Key: "b" }] } })))
        .Deleted ?? [],
    ).toEqual([]);
    expect((await client.send(new ListObjectsV2Command(inPlain))).KeyCount).toBe(0);
  });
});

describe("a listing", () => {
  const keys = ["a/1", "a/2", "a/b/3", "c", "d/4", "Z", "ü"];

  it("is in the order of the keys' bytes, by prefix and delimiter", async () => {
    const { client } = await start();
    for (const Key of keys) await client.send(new PutObjectCommand({ ...inPlain, Key, Body: "x" }));
    const list = async (input: object) => {
      const { Contents, CommonPrefixes } = await client.send(new ListObjectsV2Command({ ...inPlain, ...input }));
      return [Contents?.map(({ Key }) => Key) ?? [], CommonPrefixes?.map(({ Prefix }) => Prefix) ?? []];
    };
    expect(await list({})).toEqual([["Z", "a/1", "a/2", "a/b/3", "c", "d/4", "ü"], []]);
    expect(await list({ Prefix: "a/" })).toEqual([["a/1", "a/2", "a/b/3"], []]);
    expect(await list({ Delimiter: "/" })).toEqual([
      ["Z", "c", "ü"],
      ["a/", "d/"],
    ]);
    expect(await list({ Delimiter: "/", Prefix: "a/" })).toEqual([["a/1", "a/2"], ["a/b/"]]);
    expect(await list({ StartAfter: "c" })).toEqual([["d/4", "ü"], []]);
    expect(await list({ MaxKeys: 0 })).toEqual([[], []]);
  });

  it.each([undefined, "/"])(
    "comes in pages that leave nothing out and repeat nothing, with delimiter %s",
    async (Delimiter) => {
      const { client } = await start();
      for (const Key of keys) await client.send(new PutObjectCommand({ ...inPlain, Key, Body: "x" }));
      const seen: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ ...inPlain, MaxKeys: 2, Delimiter, ContinuationToken }),
        );
        expect(page.KeyCount).toBeLessThanOrEqual(2);
        seen.push(
          ...(page.Contents ?? []).map(({ Key }) => Key),
          ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        );
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      expect(seen.sort()).toEqual((Delimiter === undefined ? keys : ["Z", "a/", "c", "d/", "ü"]).slice().sort());
    },
  );

  it("of versions comes in pages, too", async () => {
    const { client } = await start();
    for (const Key of ["a", "a", "a", "b"]) await client.send(new PutObjectCommand({ ...inContent, Key, Body: "x" }));
    const seen: (string | undefined)[] = [];
    let place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (place !== undefined) {
      const page: Awaited<ReturnType<typeof listVersions>> = await listVersions(client, place);
      seen.push(...(page.Versions ?? []).map(({ Key }) => Key));
      place = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(seen).toEqual(["a", "a", "a", "b"]);
  });
});

const listVersions = (
  client: S3Client,
  place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined },
) => client.send(new ListObjectVersionsCommand({ ...inContent, MaxKeys: 2, ...place }));

describe("an upload in parts", () => {
  const part = "x".repeat(5 * 1024 * 1024);

  it("becomes one object when it is completed", async () => {
    const { client, sent } = await start({ buckets: [notifying({})] });
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
    const { client } = await start();
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

describe("a bucket's settings", () => {
  it("are the state's", async () => {
    const { client } = await start({ buckets: [notifying({ filterPrefix: "in/", filterSuffix: ".json" }), plain] });
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
    const { client } = await start();
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
    const { client, ports } = await start();
    await expect(
      client.send(new PutBucketTaggingCommand({ ...inPlain, Tagging: { TagSet: [] } })),
    ).rejects.toMatchObject({ name: "NotImplemented", $metadata: { httpStatusCode: 501 } });
    expect(ports.unimplemented.counts()).toEqual([{ service: "s3", operation: "PUT bucket?tagging", count: 1 }]);
  });
});

function notifying(changed: Partial<BucketConfig["notifications"][number]>): BucketConfig {
  return {
    ...content,
    notifications: [
      {
        id: "created",
        destination: { kind: "function", arn: functionArn },
        events: ["s3:ObjectCreated:*"],
        filterPrefix: "",
        filterSuffix: "",
        ...changed,
      },
    ],
  };
}

describe("a notification", () => {
  it("goes to its function for an object that was put, in S3's name", async () => {
    const { client, sent } = await start({ buckets: [notifying({})] });
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
    const { client, sent } = await start({ buckets: [notifying(changed)] });
    await client.send(new PutObjectCommand({ ...inContent, Key, Body: "x" }));
    expect(sent).toHaveLength(times);
  });

  it("tells of deletions, as markers or for good", async () => {
    const { client, sent } = await start({ buckets: [notifying({ events: ["s3:ObjectRemoved:*"] })] });
    const { VersionId } = await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    await client.send(new DeleteObjectCommand({ ...inContent, Key: "k" }));
    await client.send(new DeleteObjectCommand({ ...inContent, Key: "k", VersionId }));
    expect(sent.map(({ event }) => event.Records[0]?.["eventName"])).toEqual([
      "ObjectRemoved:DeleteMarkerCreated",
      "ObjectRemoved:Delete",
    ]);
  });

  it("to a queue is counted as not implemented, and noted", async () => {
    const { client, ports, s3 } = await start({
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
    const { client, sent } = await start({ buckets: [notifying({})], fault });
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    expect(sent).toHaveLength(times);
  });
});

describe("who may do what", () => {
  it("is asked with action, object and transport, and for the key through S3", async () => {
    const { client, asked } = await start();
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
    const { client, sent } = await start({
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
    const { client } = await start({
      decide: ({ action }) => (action === "s3:ListBucket" ? { allowed: false, reason: "" } : { allowed: true }),
    });
    await expect(client.send(new GetObjectCommand({ ...inPlain, Key: "absent" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("is nobody without a signature", async () => {
    const { client } = await start({ principal: "nobody" });
    await expect(client.send(new ListObjectsV2Command(inPlain))).rejects.toMatchObject({ name: "AccessDenied" });
  });
});

describe("an object put from inside", () => {
  const writer: Principal = { kind: "role", roleArn: "arn:aws:iam::123456789012:role/writer", sessionName: "writer" };
  const object = { bucket: content.name, key: "a b/ü+%.json", body: "{}", contentType: "application/json" };

  it("is stored, encrypted and told like any other", async () => {
    const { client, s3, asked, sent } = await start({ buckets: [notifying({})] });
    expect(await s3.putObject(object, writer)).toEqual({ kind: "stored" });
    expect(asked[0]).toMatchObject({
      principal: writer,
      action: "s3:PutObject",
      resourceArn: `${content.arn}/${object.key}`,
    });
    expect(await client.send(new HeadObjectCommand({ ...inContent, Key: object.key }))).toMatchObject({
      ContentType: "application/json",
      SSEKMSKeyId: keyArn,
    });
    expect(sent).toHaveLength(1);
  });

  it("is refused with S3's code where the writer may not", async () => {
    const { s3 } = await start({ decide: () => ({ allowed: false, reason: "because" }) });
    expect(await s3.putObject(object, writer)).toMatchObject({ kind: "refused", code: "AccessDenied" });
  });
});

describe("a bucket is addressed", () => {
  it.each([
    ["content-bucket.s3.eu-central-1.amazonaws.com", "/k"],
    ["content-bucket.s3.amazonaws.com:8080", "/k"],
    ["content-bucket.s3.dualstack.eu-central-1.amazonaws.com", "/k"],
    ["s3.eu-central-1.amazonaws.com", "/content-bucket/k"],
    ["127.0.0.1:4566", "/content-bucket/k"],
  ])("by host %s and path %s", async (host, url) => {
    const { client, s3 } = await start();
    await client.send(new PutObjectCommand({ ...inContent, Key: "k", Body: "x" }));
    const { Readable } = await import("node:stream");
    const answer = await s3.service.handle(
      { method: "GET", url, headers: { host }, body: Readable.from([]) },
      { principal: admin, secureTransport: true, requestId: "r" },
    );
    expect([answer.status, Buffer.from(answer.body instanceof Uint8Array ? answer.body : []).toString()]).toEqual([
      200,
      "x",
    ]);
    expect(s3.service.matches({ method: "GET", url, headers: { host }, body: Readable.from([]) })).toBe(
      host.includes("amazonaws"),
    );
  });
});
