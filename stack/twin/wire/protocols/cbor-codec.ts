import { Blob, Timestamp } from "../../model/values.ts";
import { SerializationError } from "./protocol.ts";

/**
 * The part of CBOR (RFC 8949) that Smithy RPC v2 uses: integers, floats, text, bytes, lists and maps of definite or
 * indefinite length, null, and tag 1 for timestamps, which read as seconds since the epoch as they do in JSON.
 */
export function decodeCbor(bytes: Buffer): unknown {
  const reader = new CborReader(bytes);
  const value = reader.value(0);
  if (reader.offset !== bytes.length) throw new SerializationError("bytes after the end of the CBOR value");
  return value;
}

const MAXIMUM_DEPTH = 64;
const STOP_CODE = Symbol("stop");

class CborReader {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    const value = this.#item(depth);
    if (value === STOP_CODE) throw new SerializationError("a break where a CBOR value should be");
    return value;
  }

  #item(depth: number): unknown {
    if (depth > MAXIMUM_DEPTH) throw new SerializationError("CBOR nested too deeply");
    const initial = this.#take(1)[0] ?? 0;
    const major = initial >> 5;
    const info = initial & 31;
    switch (major) {
      case 0:
        return plain(this.#argument(info));
      case 1:
        return plain(-1n - BigInt(this.#argument(info)));
      case 2:
        return info === 31 ? Buffer.concat(this.#chunks(depth)) : this.#take(this.#length(info));
      case 3:
        return (info === 31 ? Buffer.concat(this.#chunks(depth)) : this.#take(this.#length(info))).toString("utf8");
      case 4:
        return this.#list(info, depth);
      case 5:
        return this.#map(info, depth);
      case 6:
        this.#argument(info);
        return this.value(depth + 1);
      default:
        return this.#simple(info);
    }
  }

  #list(info: number, depth: number): unknown[] {
    const list: unknown[] = [];
    const length = info === 31 ? Number.POSITIVE_INFINITY : this.#length(info);
    while (list.length < length) {
      const item = this.#item(depth + 1);
      if (item === STOP_CODE) break;
      list.push(item);
    }
    return list;
  }

  #map(info: number, depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    const length = info === 31 ? Number.POSITIVE_INFINITY : this.#length(info);
    while (entries.length < length) {
      const key = this.#item(depth + 1);
      if (key === STOP_CODE) break;
      entries.push([String(key), this.value(depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  #chunks(depth: number): Buffer[] {
    const chunks: Buffer[] = [];
    for (let item = this.#item(depth + 1); item !== STOP_CODE; item = this.#item(depth + 1)) {
      if (typeof item === "string") chunks.push(Buffer.from(item));
      else if (Buffer.isBuffer(item)) chunks.push(item);
      else throw new SerializationError("a chunk of another type in a CBOR string");
    }
    return chunks;
  }

  #simple(info: number): unknown {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      case 31:
        return STOP_CODE;
      default:
        throw new SerializationError(`CBOR simple value ${info}`);
    }
  }

  #length(info: number): number {
    const length = Number(this.#argument(info));
    if (length > this.#bytes.length) throw new SerializationError("a CBOR length beyond the body's end");
    return length;
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    if (info === 24) return this.#take(1).readUInt8();
    if (info === 25) return this.#take(2).readUInt16BE();
    if (info === 26) return this.#take(4).readUInt32BE();
    if (info === 27) return this.#take(8).readBigUInt64BE();
    throw new SerializationError(`CBOR additional information ${info}`);
  }

  #take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.#bytes.length) throw new SerializationError("the CBOR value ends too soon");
    const taken = this.#bytes.subarray(this.offset, end);
    this.offset = end;
    return taken;
  }
}

function plain(integer: number | bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Writes a service's output. Undefined members are left out, as JSON leaves them out. */
export function encodeCbor(value: unknown): Buffer {
  const parts: Buffer[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

function write(value: unknown, parts: Buffer[]): void {
  if (value === null || value === undefined) parts.push(Buffer.of(0xf6));
  else if (typeof value === "boolean") parts.push(Buffer.of(value ? 0xf5 : 0xf4));
  else if (typeof value === "number") writeNumber(value, parts);
  else if (typeof value === "string") writeBytes(3, Buffer.from(value), parts);
  else if (value instanceof Timestamp) {
    parts.push(Buffer.of(0xc1));
    writeNumber(value.epochMs / 1000, parts);
  } else if (value instanceof Blob) writeBytes(2, Buffer.from(value.bytes), parts);
  else if (Array.isArray(value)) {
    parts.push(head(4, value.length));
    for (const item of value) write(item, parts);
  } else {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    parts.push(head(5, entries.length));
    for (const [key, member] of entries) {
      writeBytes(3, Buffer.from(key), parts);
      write(member, parts);
    }
  }
}

function writeNumber(value: number, parts: Buffer[]): void {
  if (Number.isSafeInteger(value)) parts.push(value >= 0 ? head(0, value) : head(1, -1 - value));
  else {
    const float = Buffer.alloc(9);
    float[0] = 0xfb;
    float.writeDoubleBE(value, 1);
    parts.push(float);
  }
}

function writeBytes(major: number, bytes: Buffer, parts: Buffer[]): void {
  parts.push(head(major, bytes.length), bytes);
}

function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.of(type | argument);
  if (argument < 0x100) return Buffer.of(type | 24, argument);
  if (argument < 0x10000) return Buffer.of(type | 25, argument >> 8, argument & 255);
  const long = argument > 0xffffffff;
  const bytes = Buffer.alloc(long ? 9 : 5);
  bytes[0] = type | (long ? 27 : 26);
  if (long) bytes.writeBigUInt64BE(BigInt(argument), 1);
  else bytes.writeUInt32BE(argument, 1);
  return bytes;
}
