import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { bodyOf, closeS3, inContent, inPlain, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("versions", () => {
  it("are kept, marked as deleted, and taken away one by one", async () => {
    const { client } = await startS3();
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
    const { client } = await startS3();
    expect((await client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "one" }))).VersionId).toBeUndefined();
    await client.send(new PutObjectCommand({ ...inPlain, Key: "k", Body: "two" }));
    expect((await client.send(new ListObjectVersionsCommand(inPlain))).Versions).toMatchObject([
      { Key: "k", VersionId: "null", IsLatest: true, Size: 3 },
    ]);
    await client.send(new DeleteObjectCommand({ ...inPlain, Key: "k" }));
    expect((await client.send(new ListObjectVersionsCommand(inPlain))).Versions ?? []).toEqual([]);
  });

  it("go with every other delete of a batch, quietly if asked", async () => {
    const { client } = await startS3();
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
