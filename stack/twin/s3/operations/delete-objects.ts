import { z } from "zod";
import type { RestAnswer } from "../../model/service.ts";
import { authorize, bucketOf, objectArn } from "../access.ts";
import { readUpload } from "../read-upload.ts";
import { S3Error, s3Errors } from "../s3-error.ts";
import type { OpenBucket, S3Parts } from "../s3-parts.ts";
import type { S3Request } from "../s3-request.ts";
import { documentAnswer, element, parseXml, type Xml } from "../xml.ts";
import { announce, newVersionId, versionHeader } from "./put-object.ts";

/** S3's bound on one DeleteObjects. */
const MAX_DELETES = 1_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject(parts: S3Parts, request: S3Request, key: string): RestAnswer {
  const opened = bucketOf(parts, request);
  const deleted = deleteOne(parts, opened, request, key, request.query.get("versionId") ?? undefined);
  const headers = deleted.versionId === undefined ? {} : versionHeader(opened, deleted.versionId);
  return {
    status: 204,
    headers: { ...headers, ...(deleted.isMarker ? { "x-amz-delete-marker": "true" } : {}) },
    body: "",
  };
}

const deleteShape = z.object({
  Delete: z.object({
    Object: z
      .array(z.object({ Key: z.string(), VersionId: z.string().optional() }))
      .min(1)
      .max(MAX_DELETES),
    Quiet: z.string().optional(),
  }),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function deleteObjects(parts: S3Parts, request: S3Request): Promise<RestAnswer> {
  const opened = bucketOf(parts, request);
  const { body } = await readUpload(request, parts.options.maxObjectBytes);
  const parsed = deleteShape.safeParse(parseXml(Buffer.from(body).toString("utf8")));
  if (!parsed.success) throw s3Errors.malformedXml();
  const { Object: objects, Quiet } = parsed.data.Delete;
  const results = objects.map(({ Key, VersionId }) =>
    deleteAndTell(parts, opened, request, Key, VersionId, Quiet === "true"),
  );
  return documentAnswer("DeleteResult", results);
}

function deleteAndTell(
  parts: S3Parts,
  opened: OpenBucket,
  request: S3Request,
  key: string,
  versionId: string | undefined,
  quiet: boolean,
): Xml {
  try {
    const deleted = deleteOne(parts, opened, request, key, versionId);
    if (quiet) return { xml: "" };
    return element("Deleted", [
      element("Key", key),
      element("VersionId", versionId),
      element("DeleteMarker", deleted.isMarker ? true : undefined),
      element("DeleteMarkerVersionId", deleted.isMarker ? deleted.versionId : undefined),
    ]);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return element("Error", [
      element("Key", key),
      element("VersionId", versionId),
      element("Code", error.code),
      element("Message", error.message),
    ]);
  }
}

interface Deleted {
  readonly versionId: string | undefined;
  /** A delete marker was made, or taken away. */
  readonly isMarker: boolean;
}

function deleteOne(
  parts: S3Parts,
  opened: OpenBucket,
  request: S3Request,
  key: string,
  versionId: string | undefined,
): Deleted {
  authorize(
    parts,
    request,
    versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
    objectArn(opened, key),
  );
  const { bucket, config } = opened;
  if (versionId !== undefined) {
    const removed = bucket.remove(key, versionId);
    if (removed?.kind === "object") announce(parts, opened, request, key, { name: "ObjectRemoved:Delete", versionId });
    return { versionId, isMarker: removed?.kind === "delete-marker" };
  }
  if (config.versioning === "Unversioned") {
    const removed = bucket.remove(key, "null");
    if (removed !== undefined) announce(parts, opened, request, key, { name: "ObjectRemoved:Delete" });
    return { versionId: undefined, isMarker: false };
  }
  const marker = {
    kind: "delete-marker",
    versionId: newVersionId(parts, opened),
    lastModifiedMs: parts.ports.clock.nowMs(),
  } as const;
  bucket.add(key, marker);
  announce(parts, opened, request, key, {
    name: "ObjectRemoved:DeleteMarkerCreated",
    versionId: marker.versionId,
  });
  return { versionId: marker.versionId, isMarker: true };
}
