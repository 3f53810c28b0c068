import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf, callerOf, objectArn } from "../access.ts";
import { authorizeKey, encryptionHeaders } from "../encryption.ts";
import type { StoredObject } from "../object-store.ts";
import { S3Error, s3Errors } from "../s3-error.ts";
import type { OpenBucket, S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";
import { checksumHeaders, versionHeader } from "./put-object.ts";

/** GetObject and HeadObject: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObject(parts: S3Parts, request: S3Request, key: string): RestAnswer {
  const opened = bucketOf(parts, request);
  const versionId = request.query.get("versionId") ?? undefined;
  authorize(parts, request, versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", objectArn(opened, key));
  const object = findObject(parts, opened, request, key, versionId);
  // HEAD gives nothing of the content away and needs no key.
  if (request.method !== "HEAD") authorizeKey(parts, callerOf(request), "get", opened, key, object.encryption);
  const headers = {
    ...object.headers,
    "accept-ranges": "bytes",
    etag: object.eTag,
    "last-modified": new Date(object.lastModifiedMs).toUTCString(),
    ...versionHeader(opened, object.versionId),
    ...encryptionHeaders(object.encryption),
    ...(request.header("x-amz-checksum-mode") === "ENABLED" ? checksumHeaders(object) : {}),
    ...(object.partCount === undefined || request.query.get("partNumber") === null
      ? {}
      : { "x-amz-mp-parts-count": String(object.partCount) }),
    ...overrides(request),
  };
  const isUnchanged = notModified(request, object);
  if (isUnchanged) return { status: 304, headers: { etag: object.eTag }, body: "" };
  const range = readRange(request.header("range"), object.body.byteLength);
  const body = range === undefined ? object.body : object.body.subarray(range.start, range.end + 1);
  const length = { "content-length": String(body.byteLength) };
  const answered = request.method === "HEAD" ? "" : body;
  if (range === undefined) return { status: 200, headers: { ...headers, ...length }, body: answered };
  const contentRange = { "content-range": `bytes ${range.start}-${range.end}/${object.body.byteLength}` };
  const { "x-amz-checksum-type": _type, ...rest } = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith("x-amz-checksum-")),
  );
  return { status: 206, headers: { ...rest, ...length, ...contentRange }, body: answered };
}

function findObject(
  parts: S3Parts,
  opened: OpenBucket,
  request: S3Request,
  key: string,
  versionId: string | undefined,
): StoredObject {
  const versions = opened.bucket.versions(key);
  const version = versionId === undefined ? versions[0] : versions.find((each) => each.versionId === versionId);
  if (version?.kind === "object") return version;
  if (version?.kind === "delete-marker") {
    const headers = { "x-amz-delete-marker": "true", ...versionHeader(opened, version.versionId) };
    if (versionId !== undefined)
      throw new S3Error(
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        { Method: request.method, ResourceType: "DeleteMarker" },
        headers,
      );
    throw new S3Error(404, "NoSuchKey", "The specified key does not exist.", { Key: key }, headers);
  }
  if (versionId !== undefined) throw s3Errors.noSuchVersion(key, versionId);
  // Who may not list the bucket does not learn that a key is absent.
  authorize(parts, request, "s3:ListBucket", opened.config.arn);
  throw s3Errors.noSuchKey(key);
}

function notModified(request: S3Request, object: StoredObject): boolean {
  const bare = object.eTag.replaceAll('"', "");
  const ifMatch = request.header("if-match");
  if (ifMatch !== undefined && ifMatch !== "*" && ifMatch.replaceAll('"', "") !== bare)
    throw s3Errors.preconditionFailed();
  const ifNoneMatch = request.header("if-none-match");
  return ifNoneMatch !== undefined && (ifNoneMatch === "*" || ifNoneMatch.replaceAll('"', "") === bare);
}

/** `bytes=a-b`, `bytes=a-` or `bytes=-n`; several ranges are answered as none, as S3 does. */
function readRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  const [, from = "", to = ""] = match;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start > end || start >= size)
    throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable", {
      RangeRequested: header ?? "",
      ActualObjectSize: String(size),
    });
  return { start, end };
}

function overrides(request: S3Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.query)
    if (name.startsWith("response-")) headers[name.slice("response-".length)] = value;
  return headers;
}
