import type { RestAnswer } from "../model/service.ts";
import { bucketSettings, getBucketSetting, headBucket, listBuckets } from "./operations/bucket-settings.ts";
import { deleteObject, deleteObjects } from "./operations/delete-objects.ts";
import { getObject } from "./operations/get-object.ts";
import { listObjects, listObjectVersions } from "./operations/list-objects.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from "./operations/multipart.ts";
import { putObject } from "./operations/put-object.ts";
import { s3Errors } from "./s3-error.ts";
import type { S3Parts } from "./s3-parts.ts";
import type { S3Request } from "./s3-request.ts";

type Answer = RestAnswer | Promise<RestAnswer>;

/** Query parameters that name an operation of their own; all others are its input. */
const SUBRESOURCES = [
  "accelerate",
  "acl",
  "analytics",
  "attributes",
  "cors",
  "encryption",
  "intelligent-tiering",
  "inventory",
  "legal-hold",
  "lifecycle",
  "location",
  "logging",
  "metrics",
  "notification",
  "object-lock",
  "ownershipControls",
  "policy",
  "policyStatus",
  "publicAccessBlock",
  "replication",
  "requestPayment",
  "restore",
  "retention",
  "select",
  "tagging",
  "torrent",
  "uploadId",
  "uploads",
  "versioning",
  "versions",
  "website",
  "delete",
];

/** Leads a request to its operation by method, level and subresource; what the twin lacks is counted and answered NotImplemented. */
export function route(parts: S3Parts, request: S3Request): Answer {
  const subresource = SUBRESOURCES.find((name) => request.query.has(name));
  if (request.bucket === undefined)
    return request.method === "GET" ? listBuckets(parts, request) : unimplemented(parts, request, subresource);
  const answer =
    request.key === undefined
      ? onBucket(parts, request, subresource)
      : onObject(parts, request, request.key, subresource);
  return answer ?? unimplemented(parts, request, subresource);
}

function onBucket(parts: S3Parts, request: S3Request, subresource: string | undefined): Answer | undefined {
  const setting = bucketSettings[subresource ?? ""];
  switch (`${request.method} ${subresource ?? ""}`) {
    case "GET ":
      return listObjects(parts, request);
    case "HEAD ":
      return headBucket(parts, request);
    case "GET versions":
      return listObjectVersions(parts, request);
    case "GET uploads":
      return listMultipartUploads(parts, request);
    case "POST delete":
      return deleteObjects(parts, request);
    default:
      return request.method === "GET" && setting !== undefined ? getBucketSetting(parts, request, setting) : undefined;
  }
}

function onObject(
  parts: S3Parts,
  request: S3Request,
  key: string,
  subresource: string | undefined,
): Answer | undefined {
  const copies = request.header("x-amz-copy-source") !== undefined;
  switch (`${request.method} ${subresource ?? ""}`) {
    case "GET ":
    case "HEAD ":
      return getObject(parts, request, key);
    case "PUT ":
      return copies ? undefined : putObject(parts, request, key);
    case "DELETE ":
      return deleteObject(parts, request, key);
    case "POST uploads":
      return createMultipartUpload(parts, request, key);
    case "PUT uploadId":
      return copies ? undefined : uploadPart(parts, request, key);
    case "POST uploadId":
      return completeMultipartUpload(parts, request, key);
    case "DELETE uploadId":
      return abortMultipartUpload(parts, request, key);
    case "GET uploadId":
      return listParts(parts, request, key);
    default:
      return undefined;
  }
}

function unimplemented(parts: S3Parts, request: S3Request, subresource: string | undefined): never {
  const level = request.bucket === undefined ? "service" : request.key === undefined ? "bucket" : "object";
  const copy = request.header("x-amz-copy-source") === undefined ? "" : " with x-amz-copy-source";
  const operation = `${request.method} ${level}${subresource === undefined ? "" : `?${subresource}`}${copy}`;
  parts.ports.unimplemented.count("s3", operation);
  throw s3Errors.notImplemented(operation);
}
