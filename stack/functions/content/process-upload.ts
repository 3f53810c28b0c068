import { parseJson } from "../shared/json.ts";
import { decodeUtf8 } from "../shared/utf8.ts";
import type { CreatedObject } from "./s3-event.ts";
import type { GetObject, StoredObject } from "./stored-object.ts";
import { type UpdateItemPorts, updateItem } from "./update-item.ts";

export interface UploadPorts extends UpdateItemPorts {
  readonly getObject: GetObject;
}

/** Text of this size or more is not copied into the item. */
const PAYLOAD_BOUND_BYTES = 64 * 1024;

/** Reads an uploaded object and writes its item, whose id is the object's key. Errors of the SDK are thrown. */
export async function processUpload(ports: UploadPorts, created: CreatedObject): Promise<void> {
  const { bucket, key, versionId } = created;
  const object = await ports.getObject(
    { Bucket: bucket, Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) },
    ports.callTimeoutMs(),
  );
  const payload = await readPayload(object);
  await updateItem(ports, { source: "s3", id: key, bucket, versionId, sizeBytes: object.sizeBytes, payload });
}

async function readPayload(object: StoredObject): Promise<string | undefined> {
  if (object.sizeBytes >= PAYLOAD_BOUND_BYTES) {
    object.discard();
    return undefined;
  }
  const decoded = decodeUtf8(await object.bytes());
  return decoded.kind === "text" && parseJson(decoded.text).kind === "json" ? decoded.text : undefined;
}
