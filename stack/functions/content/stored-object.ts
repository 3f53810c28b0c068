import { Readable } from "node:stream";
import type { GetObjectCommandInput, GetObjectCommandOutput } from "@aws-sdk/client-s3";

/** An object of a bucket whose bytes have not been read yet: exactly one of `bytes` and `discard` is to be called. */
export interface StoredObject {
  readonly sizeBytes: number;
  readonly bytes: () => Promise<Uint8Array>;
  /** Ends the transfer, so that the connection is not held by bytes that nobody reads. */
  readonly discard: () => void;
}

export type GetObject = (input: GetObjectCommandInput, timeoutMs: number) => Promise<StoredObject>;

/** The stored object behind the SDK's answer to GetObject. */
export function storedObject({ Body: body, ContentLength }: GetObjectCommandOutput): StoredObject {
  return {
    sizeBytes: ContentLength ?? 0,
    bytes: async () => (body === undefined ? new Uint8Array() : body.transformToByteArray()),
    discard: () => {
      if (body instanceof Readable) body.destroy();
    },
  };
}
