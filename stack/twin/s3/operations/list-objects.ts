import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf } from "../access.ts";
import { s3Errors } from "../s3-error.ts";
import type { S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";
import { documentAnswer, element, type Xml } from "../xml.ts";
import { type Entry, page } from "./list-page.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, and its older form with markers. */
export function listObjects(parts: S3Parts, request: S3Request): RestAnswer {
  const opened = bucketOf(parts, request);
  const { query } = request;
  const isV2 = query.get("list-type") === "2";
  const asked = readListing(request);
  authorize(parts, request, "s3:ListBucket", opened.config.arn, { "s3:prefix": asked.prefix });
  const token = query.get("continuation-token");
  const after = isV2
    ? token === null
      ? query.get("start-after")
      : Buffer.from(token, "base64url").toString("utf8")
    : query.get("marker");
  const entries = opened.bucket.keys().flatMap((key): Entry[] => {
    const [current] = opened.bucket.versions(key);
    return current?.kind === "object"
      ? [{ key, versionId: undefined, write: () => contents(key, current, asked.encode) }]
      : [];
  });
  const listed = page(entries, { ...asked, after: after === null ? undefined : { key: after, versionId: undefined } });
  const next = listed.next?.key;
  const common = [
    element("Name", opened.config.name),
    element("Prefix", asked.encode(asked.prefix)),
    element("Delimiter", asked.delimiter === undefined ? undefined : asked.encode(asked.delimiter)),
    element("MaxKeys", asked.maxKeys),
    element("EncodingType", query.get("encoding-type") ?? undefined),
    element("IsTruncated", next !== undefined),
  ];
  const v2 = [
    element("KeyCount", listed.entries.length + listed.prefixes.length),
    element("ContinuationToken", token ?? undefined),
    element("NextContinuationToken", next === undefined ? undefined : Buffer.from(next).toString("base64url")),
    element("StartAfter", query.get("start-after") ?? undefined),
  ];
  const v1 = [
    element("Marker", query.get("marker") ?? ""),
    element("NextMarker", next === undefined ? undefined : asked.encode(next)),
  ];
  const found = [...listed.entries.map(({ write }) => write()), ...commonPrefixes(listed.prefixes, asked.encode)];
  return documentAnswer("ListBucketResult", [...common, ...(isV2 ? v2 : v1), ...found]);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersions(parts: S3Parts, request: S3Request): RestAnswer {
  const opened = bucketOf(parts, request);
  const { query } = request;
  const asked = readListing(request);
  authorize(parts, request, "s3:ListBucketVersions", opened.config.arn, { "s3:prefix": asked.prefix });
  const entries = opened.bucket.keys().flatMap((key) =>
    opened.bucket.versions(key).map((version, index): Entry => {
      const head = [
        element("Key", asked.encode(key)),
        element("VersionId", version.versionId),
        element("IsLatest", index === 0),
        element("LastModified", iso(version.lastModifiedMs)),
      ];
      const write = () =>
        version.kind === "delete-marker"
          ? element("DeleteMarker", [...head, owner(parts)])
          : element("Version", [
              ...head,
              element("ETag", version.eTag),
              element("Size", version.body.byteLength),
              element("StorageClass", "STANDARD"),
              owner(parts),
            ]);
      return { key, versionId: version.versionId, write };
    }),
  );
  const keyMarker = query.get("key-marker");
  const after =
    keyMarker === null || keyMarker === ""
      ? undefined
      : { key: keyMarker, versionId: query.get("version-id-marker") ?? undefined };
  const listed = page(entries, { ...asked, after });
  return documentAnswer("ListVersionsResult", [
    element("Name", opened.config.name),
    element("Prefix", asked.encode(asked.prefix)),
    element("KeyMarker", keyMarker ?? ""),
    element("VersionIdMarker", query.get("version-id-marker") ?? ""),
    element("MaxKeys", asked.maxKeys),
    element("EncodingType", query.get("encoding-type") ?? undefined),
    element("IsTruncated", listed.next !== undefined),
    element("NextKeyMarker", listed.next === undefined ? undefined : asked.encode(listed.next.key)),
    element("NextVersionIdMarker", listed.next?.versionId),
    ...listed.entries.map(({ write }) => write()),
    ...commonPrefixes(listed.prefixes, asked.encode),
  ]);
}

function readListing({ query }: S3Request) {
  const maxKeys = Number(query.get("max-keys") ?? 1_000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw s3Errors.invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647");
  const delimiter = query.get("delimiter");
  const encode = query.get("encoding-type") === "url" ? urlEncoded : (text: string) => text;
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: delimiter === null || delimiter === "" ? undefined : delimiter,
    maxKeys: Math.min(maxKeys, 1_000),
    encode,
  };
}

function contents(
  key: string,
  object: {
    readonly lastModifiedMs: number;
    readonly eTag: string;
    readonly body: Uint8Array;
    readonly checksums: Readonly<Record<string, string>>;
  },
  encode: (text: string) => string,
): Xml {
  const [algorithm] = Object.keys(object.checksums);
  return element("Contents", [
    element("Key", encode(key)),
    element("LastModified", iso(object.lastModifiedMs)),
    element("ETag", object.eTag),
    element("ChecksumAlgorithm", algorithm?.toUpperCase()),
    element("Size", object.body.byteLength),
    element("StorageClass", "STANDARD"),
  ]);
}

function commonPrefixes(prefixes: readonly string[], encode: (text: string) => string): Xml[] {
  return prefixes.map((prefix) => element("CommonPrefixes", element("Prefix", encode(prefix))));
}

export function owner({ options }: S3Parts): Xml {
  return element("Owner", [element("ID", canonicalId(options.accountId))]);
}

/** A canonical user id has 64 hexadecimal digits; the twin makes it of the account's number. */
export function canonicalId(accountId: string): string {
  return Buffer.from(accountId).toString("hex").padEnd(64, "0");
}

export function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+");
}
