import { isJsonObject, type JsonObject } from "../shared/json.ts";

/** An object that S3 says was created. */
export interface CreatedObject {
  readonly bucket: string;
  /** The object's key as it is, decoded. */
  readonly key: string;
  /** Undefined in a bucket without versioning. */
  readonly versionId: string | undefined;
}

export type S3Event =
  | { readonly kind: "test"; readonly bucket: string }
  | { readonly kind: "records"; readonly created: readonly CreatedObject[]; readonly ignored: readonly string[] }
  | { readonly kind: "not-s3" };

/**
 * Reads an S3 notification. S3 sends a test event when notifications are set up; event names other than ObjectCreated are
 * listed as ignored.
 * @throws Error that names the field, for a record that is S3's and lacks what is needed
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function readS3Event(event: unknown): S3Event {
  if (!isJsonObject(event)) return { kind: "not-s3" };
  if (event["Event"] === "s3:TestEvent") return { kind: "test", bucket: String(event["Bucket"]) };
  const records = event["Records"];
  if (!Array.isArray(records) || records.length === 0 || !records.every(isS3Record)) return { kind: "not-s3" };
  const created: CreatedObject[] = [];
  const ignored: string[] = [];
  records.forEach((record, index) => {
    const eventName = String(record["eventName"]);
    if (eventName.startsWith("ObjectCreated:")) created.push(readCreated(record, `Records[${index}]`));
    else ignored.push(eventName);
  });
  return { kind: "records", created, ignored };
}

function isS3Record(record: unknown): record is JsonObject {
  return isJsonObject(record) && record["eventSource"] === "aws:s3";
}

function readCreated(record: JsonObject, place: string): CreatedObject {
  const s3 = record["s3"];
  const bucket = isJsonObject(s3) && isJsonObject(s3["bucket"]) ? s3["bucket"]["name"] : undefined;
  const object = isJsonObject(s3) && isJsonObject(s3["object"]) ? s3["object"] : {};
  if (typeof bucket !== "string") throw new Error(`${place}.s3.bucket.name: expected a string`);
  if (typeof object["key"] !== "string") throw new Error(`${place}.s3.object.key: expected a string`);
  const versionId = typeof object["versionId"] === "string" ? object["versionId"] : undefined;
  return { bucket, key: decodeKey(object["key"], place), versionId };
}

/** Keys come form-encoded: spaces as `+`, other characters as `%` and the hexadecimal form of their UTF-8 bytes. */
function decodeKey(encoded: string, place: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch {
    throw new Error(`${place}.s3.object.key: not URL-encoded: ${encoded}`);
  }
}
