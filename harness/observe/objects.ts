import { HeadObjectCommand, type HeadObjectCommandOutput, type S3Client } from "@aws-sdk/client-s3";
import type { EventTag } from "../model/event.ts";
import type { ObjectHop } from "../model/hop.ts";
import { fillTag } from "../model/template.ts";
import { call } from "./call.ts";
import { inChunks } from "./chunks.ts";
import { openNotebook } from "./notebook.ts";
import type { Observer } from "./observer.ts";
import { watch } from "./watch.ts";

/** HeadObject needs this permission; without s3:ListBucket as well, an object that is absent answers 403 instead of 404. */
const OPERATION = "s3:GetObject";
const HEADS_AT_ONCE = 8;

/**
 * Looks each object up by its key. S3 is strongly consistent, so a completed look covers the bucket up to the moment when it
 * began. An occurrence is a version (an ETag where the bucket keeps none). The time is our clock's when the object was first found:
 * LastModified is cut to whole seconds and would lie before the upload; it is part of `place`, with the encryption.
 */
export const observeObjects: Observer<ObjectHop> = async (task, tools) => {
  const { hop, awaited } = task;
  const client = await tools.clients.s3();
  const notebook = openNotebook(task, tools);
  await watch(task, tools, {
    operation: OPERATION,
    backoff: { firstMs: 150, factor: 1.3, longestMs: 2_000 },
    canSeeDuplicates: true,
    isComplete: () => notebook.isComplete(),
    async look(signal, isLast) {
      const begunMs = tools.clock.nowMs();
      const wanted = awaited.sent().filter((tag) => isLast || !notebook.hasSeen(tag));
      for (const tags of inChunks(wanted, HEADS_AT_ONCE)) {
        await Promise.all(
          tags.map(async (tag) => {
            const object = await headObject(tag, hop, client, signal);
            if (object === undefined) return;
            const occurrence = object.VersionId ?? object.ETag ?? "object";
            notebook.sighted({
              tag,
              occurrence,
              seenAtMs: tools.clock.nowMs(),
              place: describeObject(tag, hop, object),
            });
          }),
        );
      }
      if (wanted.length > 0) notebook.covered(begunMs, `read ${wanted.length} keys of bucket ${hop.bucket}`);
    },
  });
};

/** The object's headers, or undefined where there is no such object. */
function headObject(
  tag: EventTag,
  hop: ObjectHop,
  client: S3Client,
  signal: AbortSignal,
): Promise<HeadObjectCommandOutput | undefined> {
  return call(OPERATION, signal, async () => {
    try {
      const command = new HeadObjectCommand({ Bucket: hop.bucket, Key: fillTag(hop.key, tag) });
      return await client.send(command, { abortSignal: signal });
    } catch (error) {
      if (error instanceof Error && error.name === "NotFound") return undefined;
      throw error;
    }
  });
}

function describeObject(tag: EventTag, hop: ObjectHop, object: HeadObjectCommandOutput): string {
  const key = object.SSEKMSKeyId === undefined ? "" : ` with key ${object.SSEKMSKeyId}`;
  const parts = [
    `s3://${hop.bucket}/${fillTag(hop.key, tag)}`,
    `version ${object.VersionId ?? "none"}`,
    `encryption ${object.ServerSideEncryption ?? "none"}${key}`,
    ...(object.LastModified === undefined ? [] : [`last modified ${object.LastModified.toISOString()}`]),
  ];
  return parts.join(", ");
}
