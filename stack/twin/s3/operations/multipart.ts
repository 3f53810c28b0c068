import { createHash } from "node:crypto";
import { z } from "zod";
import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf, callerOf, objectArn } from "../access.ts";
import { checksumAlgorithms } from "../checksums.ts";
import { authorizeKey, encryptionHeaders, encryptionOf } from "../encryption.ts";
import { MAX_MULTIPART_UPLOADS, MAX_PARTS, type MultipartUpload, type UploadedPart } from "../multipart-uploads.ts";
import { readBody, readUpload } from "../read-upload.ts";
import { S3Error, s3Errors } from "../s3-error.ts";
import type { S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";
import { documentAnswer, element, parseXml } from "../xml.ts";
import { iso, owner } from "./list-objects.ts";
import { announceStored, checksumHeaders, encryptionContext, keptHeaders, store, versionHeader } from "./put-object.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createMultipartUpload(parts: S3Parts, request: S3Request, key: string): RestAnswer {
  const opened = bucketOf(parts, request);
  authorize(parts, request, "s3:PutObject", objectArn(opened, key), encryptionContext(request));
  const encryption = encryptionOf(parts, opened, request);
  authorizeKey(parts, callerOf(request), "create-multipart-upload", opened, key, encryption);
  if (parts.uploads.size >= MAX_MULTIPART_UPLOADS) throw s3Errors.slowDown();
  const upload: MultipartUpload = {
    uploadId: parts.options.newId().replaceAll("-", ""),
    bucket: opened.config.name,
    key,
    initiatedMs: parts.ports.clock.nowMs(),
    initiatedBy: callerOf(request),
    headers: keptHeaders(request),
    encryption,
    checksumAlgorithm: request.header("x-amz-checksum-algorithm")?.toLowerCase(),
    checksumType: request.header("x-amz-checksum-type"),
    parts: new Map(),
  };
  parts.uploads.set(upload.uploadId, upload);
  const content = [element("Bucket", upload.bucket), element("Key", key), element("UploadId", upload.uploadId)];
  const checksum =
    upload.checksumAlgorithm === undefined
      ? {}
      : { "x-amz-checksum-algorithm": upload.checksumAlgorithm.toUpperCase() };
  return documentAnswer("InitiateMultipartUploadResult", content, { ...encryptionHeaders(encryption), ...checksum });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export async function uploadPart(parts: S3Parts, request: S3Request, key: string): Promise<RestAnswer> {
  const opened = bucketOf(parts, request);
  const { body, checksums } = await readUpload(request, parts.options.maxObjectBytes);
  authorize(parts, request, "s3:PutObject", objectArn(opened, key), encryptionContext(request));
  const upload = uploadOf(parts, request, key);
  authorizeKey(parts, callerOf(request), "upload-part", opened, key, upload.encryption);
  const number = Number(request.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS)
    throw s3Errors.invalidArgument(`Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`);
  if (!parts.space.hasRoomFor(body.byteLength)) throw s3Errors.noRoom(parts.options.maxTotalBytes);
  const eTag = `"${createHash("md5").update(body).digest("hex")}"`;
  parts.space.taken(body.byteLength - (upload.parts.get(number)?.body.byteLength ?? 0));
  upload.parts.set(number, { body, eTag, checksums, lastModifiedMs: parts.ports.clock.nowMs() });
  const { "x-amz-checksum-type": _type, ...checksumOfPart } = checksumHeaders({ checksums, partCount: undefined });
  return { status: 200, headers: { etag: eTag, ...encryptionHeaders(upload.encryption), ...checksumOfPart }, body: "" };
}

const completeShape = z.object({
  CompleteMultipartUpload: z.object({
    Part: z
      .array(z.object({ PartNumber: z.coerce.number(), ETag: z.string() }))
      .min(1)
      .max(MAX_PARTS),
  }),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export async function completeMultipartUpload(parts: S3Parts, request: S3Request, key: string): Promise<RestAnswer> {
  const opened = bucketOf(parts, request);
  const text = (await readBody(request, parts.options.maxObjectBytes)).toString("utf8");
  authorize(parts, request, "s3:PutObject", objectArn(opened, key));
  const upload = uploadOf(parts, request, key);
  authorizeKey(parts, callerOf(request), "complete-multipart-upload", opened, key, upload.encryption);
  const parsed = completeShape.safeParse(parseXml(text));
  if (!parsed.success) throw s3Errors.malformedXml();
  const chosen = chooseParts(upload, parsed.data.CompleteMultipartUpload.Part);
  const body = Buffer.concat(chosen.map((part) => part.body));
  if (body.byteLength > parts.options.maxObjectBytes) throw s3Errors.entityTooLarge(parts.options.maxObjectBytes);
  removeUpload(parts, upload);
  const digests = Buffer.concat(chosen.map(({ eTag }) => Buffer.from(eTag.replaceAll('"', ""), "hex")));
  const eTag = `"${createHash("md5").update(digests).digest("hex")}-${chosen.length}"`;
  const checksums = wholeChecksum(upload, chosen, body);
  const { headers, encryption } = upload;
  const stored = store(parts, opened, key, { body, eTag, checksums, headers, encryption, partCount: chosen.length });
  announceStored(parts, opened, request, key, "ObjectCreated:CompleteMultipartUpload", stored);
  const content = [
    element(
      "Location",
      `https://${opened.config.name}.s3.${parts.options.region}.amazonaws.com/${encodeURIComponent(key)}`,
    ),
    element("Bucket", opened.config.name),
    element("Key", key),
    element("ETag", eTag),
    ...Object.entries(checksums).map(([algorithm, value]) => element(`Checksum${algorithm.toUpperCase()}`, value)),
  ];
  const answerHeaders = { ...versionHeader(opened, stored.versionId), ...encryptionHeaders(encryption) };
  return documentAnswer("CompleteMultipartUploadResult", content, answerHeaders);
}

export function abortMultipartUpload(parts: S3Parts, request: S3Request, key: string): RestAnswer {
  const opened = bucketOf(parts, request);
  authorize(parts, request, "s3:AbortMultipartUpload", objectArn(opened, key));
  removeUpload(parts, uploadOf(parts, request, key));
  return { status: 204, headers: {}, body: "" };
}

export function listParts(parts: S3Parts, request: S3Request, key: string): RestAnswer {
  const opened = bucketOf(parts, request);
  authorize(parts, request, "s3:ListMultipartUploadParts", objectArn(opened, key));
  const upload = uploadOf(parts, request, key);
  const listed = [...upload.parts]
    .sort(([left], [right]) => left - right)
    .map(([number, part]) =>
      element("Part", [
        element("PartNumber", number),
        element("LastModified", iso(part.lastModifiedMs)),
        element("ETag", part.eTag),
        element("Size", part.body.byteLength),
      ]),
    );
  const head = [
    element("Bucket", upload.bucket),
    element("Key", key),
    element("UploadId", upload.uploadId),
    owner(parts),
    element("IsTruncated", false),
  ];
  return documentAnswer("ListPartsResult", [...head, ...listed]);
}

export function listMultipartUploads(parts: S3Parts, request: S3Request): RestAnswer {
  const opened = bucketOf(parts, request);
  authorize(parts, request, "s3:ListBucketMultipartUploads", opened.config.arn);
  const uploads = [...parts.uploads.values()].filter(({ bucket }) => bucket === opened.config.name);
  const listed = uploads.map((upload) =>
    element("Upload", [
      element("Key", upload.key),
      element("UploadId", upload.uploadId),
      owner(parts),
      element("Initiated", iso(upload.initiatedMs)),
    ]),
  );
  const head = [element("Bucket", opened.config.name), element("IsTruncated", false)];
  return documentAnswer("ListMultipartUploadsResult", [...head, ...listed]);
}

function uploadOf(parts: S3Parts, request: S3Request, key: string): MultipartUpload {
  const uploadId = request.query.get("uploadId") ?? "";
  const upload = parts.uploads.get(uploadId);
  if (upload === undefined || upload.bucket !== request.bucket || upload.key !== key)
    throw s3Errors.noSuchUpload(uploadId);
  return upload;
}

function removeUpload(parts: S3Parts, upload: MultipartUpload): void {
  parts.uploads.delete(upload.uploadId);
  for (const { body } of upload.parts.values()) parts.space.taken(-body.byteLength);
}

function chooseParts(
  upload: MultipartUpload,
  asked: readonly { readonly PartNumber: number; readonly ETag: string }[],
): UploadedPart[] {
  if (asked.some(({ PartNumber }, index) => PartNumber <= (asked[index - 1]?.PartNumber ?? 0)))
    throw partErrors.order();
  const chosen = asked.map(({ PartNumber, ETag }) => {
    const part = upload.parts.get(PartNumber);
    if (part === undefined || part.eTag.replaceAll('"', "") !== ETag.replaceAll('"', "")) throw partErrors.unknown();
    return part;
  });
  if (chosen.slice(0, -1).some(({ body }) => body.byteLength < SMALLEST_PART_BYTES)) throw partErrors.tooSmall();
  return chosen;
}

const partErrors = {
  order: () =>
    new S3Error(
      400,
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    ),
  unknown: () =>
    new S3Error(
      400,
      "InvalidPart",
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    ),
  tooSmall: () => new S3Error(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"),
};

/** S3's bound on every part but the last. */
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** A checksum over the whole object, or, with type COMPOSITE, over the parts' checksums with their number behind it. */
function wholeChecksum(
  { checksumAlgorithm, checksumType }: MultipartUpload,
  chosen: readonly UploadedPart[],
  body: Uint8Array,
): Record<string, string> {
  const compute = checksumAlgorithms[checksumAlgorithm ?? ""];
  if (checksumAlgorithm === undefined || compute === undefined) return {};
  if (checksumAlgorithm === "crc64nvme" || checksumType === "FULL_OBJECT")
    return { [checksumAlgorithm]: compute(body) };
  const ofParts = chosen.map((part) => Buffer.from(part.checksums[checksumAlgorithm] ?? compute(part.body), "base64"));
  return { [checksumAlgorithm]: `${compute(Buffer.concat(ofParts))}-${chosen.length}` };
}
