import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Checksums that S3 knows, as they stand in `x-amz-checksum-<name>`: base64 of the big-endian value. */
export const checksumAlgorithms: Readonly<Record<string, (body: Uint8Array) => string>> = {
  crc32: (body) => base64Of32(crc32(body)),
  crc32c: (body) => base64Of32(crc32c(body)),
  crc64nvme: (body) => base64Of64(crc64nvme(body)),
  sha1: (body) => createHash("sha1").update(body).digest("base64"),
  sha256: (body) => createHash("sha256").update(body).digest("base64"),
};

/** CRC-32C (Castagnoli), reflected polynomial 0x82f63b78. */
const table32c = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

function crc32c(body: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of body) crc = (crc >>> 8) ^ (table32c[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** CRC-64/NVME, reflected polynomial 0x9a6c9329ac4bc9b5, kept as two halves of 32 bits: big integers are ten times as slow. */
const [table64High, table64Low] = (() => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    let [upper, lower] = [0, index];
    for (let bit = 0; bit < 8; bit++) {
      const carry = lower & 1;
      lower = ((lower >>> 1) | ((upper & 1) << 31)) >>> 0;
      upper >>>= 1;
      if (carry) [upper, lower] = [(upper ^ 0x9a6c9329) >>> 0, (lower ^ 0xac4bc9b5) >>> 0];
    }
    high[index] = upper;
    low[index] = lower;
  }
  return [high, low] as const;
})();

function crc64nvme(body: Uint8Array): readonly [number, number] {
  let [upper, lower] = [0xffffffff, 0xffffffff];
  for (const byte of body) {
    const index = (lower ^ byte) & 0xff;
    lower = (((lower >>> 8) | ((upper & 0xff) << 24)) ^ (table64Low[index] ?? 0)) >>> 0;
    upper = ((upper >>> 8) ^ (table64High[index] ?? 0)) >>> 0;
  }
  return [~upper >>> 0, ~lower >>> 0];
}

function base64Of32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
}

function base64Of64([upper, lower]: readonly [number, number]): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(upper, 0);
  bytes.writeUInt32BE(lower, 4);
  return bytes.toString("base64");
}
