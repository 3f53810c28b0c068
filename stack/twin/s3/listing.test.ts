import { ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { closeS3, inContent, inPlain, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

const listVersions = (
  client: S3Client,
  place: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined },
) => client.send(new ListObjectVersionsCommand({ ...inContent, MaxKeys: 2, ...place }));

describe("a listing", () => {
  const keys = ["a/1", "a/2", "a/b/3", "c", "d/4", "Z", "ü"];

  it("is in the order of the keys' bytes, by prefix and delimiter", async () => {
    const { client } = await startS3();
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
      const { client } = await startS3();
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
    const { client } = await startS3();
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
