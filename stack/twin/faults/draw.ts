import { createHash } from "node:crypto";

/** Two numbers, evenly in [0, 1), from what is drawn for: the same every time, and independent of every other draw. */
export function draw(seed: number, fault: number, hop: string, passage: string, occurrence: number): [number, number] {
  const digest = createHash("sha256")
    .update(JSON.stringify([seed, fault, hop, passage, occurrence]))
    .digest();
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}
