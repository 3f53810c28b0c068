/**
 * Values that the protocols write differently. A service answers with these and does not know which protocol asked:
 * JSON takes `toJSON`, CBOR and Query look for the class.
 */

/** A moment. JSON: seconds since the epoch as a number; CBOR: tag 1; Query: ISO 8601. */
export class Timestamp {
  readonly epochMs: number;
  constructor(epochMs: number) {
    this.epochMs = epochMs;
  }
  toJSON(): number {
    return this.epochMs / 1000;
  }
}

/** A blob. JSON: base64; CBOR: a byte string. */
export class Blob {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  toJSON(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString("base64");
  }
}
