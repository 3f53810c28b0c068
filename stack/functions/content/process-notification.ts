import { failureOf } from "../shared/failure.ts";
import type { Log } from "../shared/log.ts";
import { processUpload, type UploadPorts } from "./process-upload.ts";
import type { S3Event } from "./s3-event.ts";

/**
 * Processes an S3 notification. Throws the first error: Lambda then invokes the function again, asynchronously
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */
export async function processNotification(
  ports: UploadPorts,
  event: Exclude<S3Event, { kind: "not-s3" }>,
  log: Log,
): Promise<void> {
  switch (event.kind) {
    case "test":
      log({ level: "info", message: "test event", bucket: event.bucket, ids: [] });
      return;
    case "records":
      if (event.ignored.length > 0) {
        log({ level: "info", message: "events ignored", eventNames: event.ignored, ids: [] });
      }
      return processCreated(ports, event, log);
    default:
      return event satisfies never;
  }
}

async function processCreated(
  ports: UploadPorts,
  { created }: Extract<S3Event, { kind: "records" }>,
  log: Log,
): Promise<void> {
  const ids: string[] = [];
  try {
    for (const object of created) {
      await processUpload(ports, object);
      ids.push(object.key);
    }
  } catch (thrown) {
    const { errorCode: error, errorMessage: reason } = failureOf(thrown);
    const left = created.slice(ids.length).map(({ key }) => key);
    log({ level: "error", message: "item not updated", source: "s3", error, reason, ids: left });
    throw thrown;
  } finally {
    if (ids.length > 0) log({ level: "info", message: "item updated", source: "s3", ids });
  }
}
