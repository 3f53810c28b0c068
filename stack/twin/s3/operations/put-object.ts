import { createHash } from "node:crypto";
import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf, callerOf, objectArn } from "../access.ts";
import { authorizeKey, encryptionHeaders, encryptionOf } from "../encryption.ts";
import type { ObjectEvent } from "../notifications.ts";
import { NULL_VERSION, type StoredObject } from "../object-store.ts";
import { readUpload } from "../read-upload.ts";
import { s3Errors } from "../s3-error.ts";
import type { OpenBucket, S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(parts: S3Parts, request: S3Request, key: string): Promise<RestAnswer> {
  const opened = bucketOf(parts, request);
  const upload = await readUpload(request, parts.options.maxObjectBytes);
  authorize(parts, request, "s3:PutObject", objectArn(opened, key), encryptionContext(request));
  const encryption = encryptionOf(parts, opened, request);
  authorizeKey(parts, callerOf(request), "put", opened, key, encryption);
  checkPreconditions(opened, request, key);
  const eTag = `"${createHash("md5").update(upload.body).digest("hex")}"`;
  const stored = store(parts, opened, key, {
    ...upload,
    eTag,
    headers: keptHeaders(request),
    encryption,
    partCount: undefined,
  });
  announceStored(parts, opened, request, key, "ObjectCreated:Put", stored);
  return {
    status: 200,
    headers: {
      etag: eTag,
      ...versionHeader(opened, stored.versionId),
      ...encryptionHeaders(encryption),
      ...checksumHeaders(stored),
    },
    body: "",
  };
}

/** Adds a version as the bucket's versioning says; throws when there is no room. */
export function store(
  parts: S3Parts,
  opened: OpenBucket,
  key: string,
  object: Omit<StoredObject, "kind" | "versionId" | "lastModifiedMs">,
): StoredObject {
  if (!parts.space.hasRoomFor(object.body.byteLength)) throw s3Errors.noRoom(parts.options.maxTotalBytes);
  const versionId = newVersionId(parts, opened);
  const stored: StoredObject = { ...object, kind: "object", versionId, lastModifiedMs: parts.ports.clock.nowMs() };
  opened.bucket.add(key, stored);
  return stored;
}

export function newVersionId({ options }: S3Parts, { config }: OpenBucket): string {
  return config.versioning === "Enabled" ? options.newId().replaceAll("-", "") : NULL_VERSION;
}

/** Tells the bucket's notifications what happened to an object. */
export function announce(
  parts: S3Parts,
  { config }: OpenBucket,
  request: S3Request,
  key: string,
  event: Pick<ObjectEvent, "name"> & Partial<ObjectEvent>,
): void {
  const unsaid = { sizeBytes: undefined, eTag: undefined, versionId: undefined };
  const { requestId } = request.context;
  parts.events.happened(config, { ...unsaid, key, principal: callerOf(request), requestId, ...event });
}

/** Tells the bucket's notifications of an object that was stored. */
export function announceStored(
  parts: S3Parts,
  opened: OpenBucket,
  request: S3Request,
  key: string,
  name: string,
  { body, eTag, versionId }: StoredObject,
): void {
  announce(parts, opened, request, key, {
    name,
    sizeBytes: body.byteLength,
    eTag: eTag.replaceAll('"', ""),
    versionId: opened.config.versioning === "Unversioned" ? undefined : versionId,
  });
}

/** The condition keys that bucket policies look at when they ask for encryption. */
export function encryptionContext(request: S3Request): Record<string, string> {
  const context: Record<string, string> = {};
  for (const name of ["x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"]) {
    const value = request.header(name);
    if (value !== undefined) context[`s3:${name}`] = value;
  }
  return context;
}

const KEPT_NAMES = new Set([
  "content-type",
  "content-disposition",
  "content-language",
  "cache-control",
  "expires",
  "x-amz-storage-class",
  "x-amz-website-redirect-location",
]);

/** What is given back with the object as it came. */
export function keptHeaders(request: S3Request): Record<string, string> {
  const kept: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of Object.keys(request.headers)) {
    const value = request.header(name);
    if (value !== undefined && (KEPT_NAMES.has(name) || name.startsWith("x-amz-meta-"))) kept[name] = value;
  }
  const encoding = (request.header("content-encoding") ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "aws-chunked");
  if (encoding.length > 0) kept["content-encoding"] = encoding.join(",");
  return kept;
}

export function versionHeader({ config }: OpenBucket, versionId: string): Record<string, string> {
  return config.versioning === "Unversioned" ? {} : { "x-amz-version-id": versionId };
}

export function checksumHeaders({
  checksums,
  partCount,
}: Pick<StoredObject, "checksums" | "partCount">): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [algorithm, value] of Object.entries(checksums)) headers[`x-amz-checksum-${algorithm}`] = value;
  const isComposite = partCount !== undefined && Object.values(checksums).some((value) => value.includes("-"));
  if (Object.keys(headers).length > 0) headers["x-amz-checksum-type"] = isComposite ? "COMPOSITE" : "FULL_OBJECT";
  return headers;
}

/** If-None-Match: * writes only where nothing is; If-Match only over this ETag. */
function checkPreconditions({ bucket }: OpenBucket, request: S3Request, key: string): void {
  const [current] = bucket.versions(key);
  const eTag = current?.kind === "object" ? current.eTag : undefined;
  const ifMatch = request.header("if-match");
  if (ifMatch !== undefined && eTag === undefined) throw s3Errors.noSuchKey(key);
  const fails =
    (request.header("if-none-match") === "*" && eTag !== undefined) ||
    (ifMatch !== undefined && ifMatch.replaceAll('"', "") !== eTag?.replaceAll('"', ""));
  if (fails) throw s3Errors.preconditionFailed();
}
