import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Outcome } from "../model/outcome.ts";
import type { Entry } from "../model/scenario.ts";
import { fillTag } from "../model/template.ts";
import { outcomeOfFailure, outcomeOfStatus } from "./outcome.ts";
import type { Sender } from "./sender.ts";

export type S3Entry = Extract<Entry, { kind: "s3" }>;

/** Sends events by uploading one object each. The client must not retry by itself (`maxAttempts: 1`), or an outcome would hide others. */
export function createS3Sender(entry: S3Entry, client: S3Client): Sender {
  return {
    sizeBytes: (tag) => Buffer.byteLength(fillTag(entry.body, tag)),

    async send(tags, signal): Promise<Outcome> {
      const [tag, ...more] = tags;
      if (tag === undefined || more.length > 0) throw new TypeError("an upload carries exactly one event");
      try {
        const output = await client.send(
          new PutObjectCommand({
            Bucket: entry.bucket,
            Key: fillTag(entry.key, tag),
            Body: fillTag(entry.body, tag),
            ContentType: "application/json",
          }),
          { abortSignal: signal },
        );
        return outcomeOfStatus(output.$metadata.httpStatusCode ?? 200, describeObject(output));
      } catch (error) {
        return outcomeOfS3Error(error);
      }
    },

    // The client is the caller's.
    close: async () => {},
  };
}

/** A service error by the status it came with, so that S3 and HTTP entries are judged by one table; anything else is unknown. */
function outcomeOfS3Error(error: unknown): Outcome {
  if (!(error instanceof Error)) return outcomeOfFailure(error);
  const status = statusOf(error);
  if (status === undefined || (status >= 200 && status <= 299)) return outcomeOfFailure(error, status ?? null);
  return outcomeOfStatus(status, `${error.name}: ${error.message}`);
}

function statusOf(error: Error): number | undefined {
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null) return undefined;
  const metadata = error.$metadata;
  return "httpStatusCode" in metadata && typeof metadata.httpStatusCode === "number"
    ? metadata.httpStatusCode
    : undefined;
}

function describeObject(output: {
  VersionId?: string | undefined;
  ETag?: string | undefined;
  ServerSideEncryption?: string | undefined;
}): string {
  const parts = [
    output.VersionId === undefined ? undefined : `version ${output.VersionId}`,
    output.ETag === undefined ? undefined : `etag ${output.ETag}`,
    output.ServerSideEncryption === undefined ? undefined : `encryption ${output.ServerSideEncryption}`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}
