import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { meetFault } from "../faults/meet-fault.ts";
import type { ObjectWriter, Principal } from "../model/ports.ts";
import type { RestAnswer, RestContext, RestRequest, RestService } from "../model/service.ts";
import type { BucketConfig } from "./bucket-config.ts";
import { createObjectEvents } from "./notifications.ts";
import { createBucket, createSpace } from "./object-store.ts";
import { route } from "./route.ts";
import { S3Error, s3Errors } from "./s3-error.ts";
import type { S3Options, S3Parts, S3Ports } from "./s3-parts.ts";
import { isS3Host, readAddress, type S3Request } from "./s3-request.ts";
import { element, plainDocument, XML_TYPE } from "./xml.ts";

export type { BucketConfig, EncryptionConfig, NotificationConfig } from "./bucket-config.ts";
export type { S3Options, S3Ports } from "./s3-parts.ts";

/** Objects live in memory: this much of them, all buckets and uploads under way together. */
const DEFAULT_MAX_TOTAL_BYTES = 512 * 1024 * 1024;
const DEFAULT_MAX_OBJECT_BYTES = 128 * 1024 * 1024;

export interface S3 extends ObjectWriter {
  readonly service: RestService;
  readonly notes: readonly string[];
  /** Resolves once the events under way have been handed on. */
  close(): Promise<void>;
}

/** The buckets of the stack, their objects in memory, and their events. */
export function createS3(configs: readonly BucketConfig[], ports: S3Ports, options: S3Options): S3 {
  const full = {
    keyArnOf: () => undefined,
    maxTotalBytes: DEFAULT_MAX_TOTAL_BYTES,
    maxObjectBytes: DEFAULT_MAX_OBJECT_BYTES,
    newId: () => randomUUID(),
    ...options,
  };
  const space = createSpace(full.maxTotalBytes);
  const events = createObjectEvents(ports, options);
  const buckets = new Map(configs.map((config) => [config.name, { config, bucket: createBucket(space) }]));
  const parts: S3Parts = {
    ports,
    options: full,
    buckets,
    space,
    uploads: new Map(),
    events,
    bootedMs: ports.clock.nowMs(),
  };
  const service: RestService = {
    name: "s3",
    matches: (request) => isS3Host(request.headers.host),
    handle: (request, context) => handle(parts, request, context),
  };
  return {
    service,
    notes: configs.flatMap(noteOf),
    putObject: (object, writer) => putFromInside(parts, object, writer),
    close: () => events.close(),
  };
}

async function handle(parts: S3Parts, request: RestRequest, context: RestContext): Promise<RestAnswer> {
  const read = readAddress(request, context);
  const own = {
    "x-amz-request-id": context.requestId,
    "x-amz-id-2": Buffer.from(context.requestId).toString("base64"),
    server: "AmazonS3",
    date: new Date(parts.ports.clock.nowMs()).toUTCString(),
  };
  try {
    await plant(parts, read);
    const answer = await route(parts, read);
    return { ...answer, headers: { ...own, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return errorAnswer(error, read, own);
  } finally {
    request.body.resume();
  }
}

/** The same way as a request over the wire, TLS included: policies, key and notifications apply. */
async function putFromInside(
  parts: S3Parts,
  { bucket, key, body, contentType, kmsKeyId }: Parameters<ObjectWriter["putObject"]>[0],
  writer: Principal,
): ReturnType<ObjectWriter["putObject"]> {
  const url = `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const request = {
    method: "PUT",
    url,
    headers: { "content-type": contentType, ...(kmsKeyId !== undefined && encryptedWith(kmsKeyId)) },
    body: Readable.from([Buffer.from(body)]),
  };
  const context = { principal: writer, secureTransport: true, requestId: parts.options.newId() };
  try {
    await route(parts, readAddress(request, context));
    return { kind: "stored" };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { kind: "refused", code: error.code, message: error.message };
  }
}

function encryptedWith(kmsKeyId: string): Record<string, string> {
  return { "x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyId };
}

async function plant({ ports }: S3Parts, { method, bucket, key }: S3Request): Promise<void> {
  const fault = ports.faults.actionAt(`s3:${bucket ?? ""}`, `${method} ${key ?? ""}`);
  const planted = await meetFault(fault, ports.clock);
  if (planted.kind === "passes") return;
  if (planted.kind === "throttled") throw s3Errors.slowDown();
  const code = planted.kind === "error" && planted.code !== "InternalFailure" ? planted.code : "InternalError";
  throw new S3Error(500, code, "We encountered an internal error. Please try again.");
}

function errorAnswer(error: S3Error, request: S3Request, own: Record<string, string>): RestAnswer {
  const headers = { ...own, ...error.headers };
  if (request.method === "HEAD") return { status: error.status, headers, body: "" };
  const details = Object.entries(error.details).map(([name, value]) => element(name, value));
  const body = plainDocument("Error", [
    element("Code", error.code),
    element("Message", error.message),
    ...details,
    element("RequestId", own["x-amz-request-id"]),
    element("HostId", own["x-amz-id-2"]),
  ]);
  return { status: error.status, headers: { ...headers, ...XML_TYPE }, body };
}

function noteOf({ name, notifications, eventBridge }: BucketConfig): string[] {
  const others = notifications.filter(({ destination }) => destination.kind !== "function");
  const notes = others.map(
    ({ destination }) => `bucket ${name} notifies ${destination.arn}: the twin delivers to functions only`,
  );
  return eventBridge ? [...notes, `bucket ${name} notifies EventBridge, which the twin does not have`] : notes;
}
