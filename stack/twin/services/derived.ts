import { createHash } from "node:crypto";
import { Timestamp } from "../model/values.ts";

/**
 * Identifiers that AWS gives and Terraform does not show. They are derived from what they belong to, so that the same
 * state gives the same identifier at every boot.
 */
export function derivedHex(seed: string, length: number): string {
  return createHash("sha512").update(seed).digest("hex").slice(0, length);
}

export function derivedUuid(seed: string): string {
  const hex = derivedHex(seed, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const BASE32_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An identifier of IAM: four letters that tell its kind (`AROA` is a role's), then 17 letters and digits. */
export function derivedIamId(prefix: string, seed: string): string {
  const digest = createHash("sha512").update(seed).digest().subarray(0, 17);
  return prefix + [...digest].map((byte) => BASE32_LETTERS.charAt(byte & 31)).join("");
}

/** A moment as Terraform writes it; what is no moment, or absent, is undefined and left out of the answer. */
export function momentOf(text: string | undefined): Timestamp | undefined {
  const epochMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : new Timestamp(epochMs);
}
