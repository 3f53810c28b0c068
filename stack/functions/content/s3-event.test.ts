import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readS3Event } from "./s3-event.ts";

const record = (key: unknown, changes: object = {}) => ({
  eventSource: "aws:s3",
  eventName: "ObjectCreated:Put",
  s3: { bucket: { name: "content" }, object: { key, size: 3, versionId: "v1" } },
  ...changes,
});

describe("an S3 notification", () => {
  test("names the created objects", () => {
    expect(readS3Event({ Records: [record("in/sp-1-s3-1.json")] })).toEqual({
      kind: "records",
      created: [{ bucket: "content", key: "in/sp-1-s3-1.json", versionId: "v1" }],
      ignored: [],
    });
  });

  test.each([
    ["a+b", "a b"],
    ["a%2Bb", "a+b"],
    ["%E2%82%AC/%C3%A4.json", "€/ä.json"],
    ["100%25", "100%"],
  ])("carries the key %s for the object %s", (encoded, key) => {
    expect(readS3Event({ Records: [record(encoded)] })).toMatchObject({ created: [{ key }] });
  });

  test("gives back any key, form-encoded as S3 does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (key) => {
        const encoded = encodeURIComponent(key).replaceAll("%20", "+");
        expect(readS3Event({ Records: [record(encoded)] })).toMatchObject({ created: [{ key }] });
      }),
    );
  });

  test("has no version in a bucket without versions", () => {
    const s3 = { bucket: { name: "content" }, object: { key: "a" } };
    expect(readS3Event({ Records: [record("a", { s3 })] })).toMatchObject({ created: [{ versionId: undefined }] });
  });

  test("lists what is no creation as ignored", () => {
    const removed = record("a", { eventName: "ObjectRemoved:Delete" });
    expect(readS3Event({ Records: [removed] })).toEqual({
      kind: "records",
      created: [],
      ignored: ["ObjectRemoved:Delete"],
    });
  });

  test("may be S3's own test", () => {
    const event = { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "content" };
    expect(readS3Event(event)).toEqual({ kind: "test", bucket: "content" });
  });

  test.each([null, {}, { Records: [] }, { Records: [{ eventSource: "aws:sqs" }] }])("is not %j", (event) => {
    expect(readS3Event(event)).toEqual({ kind: "not-s3" });
  });

  test("is an error that names the field where one is missing or wrong", () => {
    expect(() => readS3Event({ Records: [record(undefined)] })).toThrow("Records[0].s3.object.key");
    expect(() => readS3Event({ Records: [record("%zz")] })).toThrow("Records[0].s3.object.key: not URL-encoded");
    expect(() => readS3Event({ Records: [record("a", { s3: {} })] })).toThrow("Records[0].s3.bucket.name");
  });
});
