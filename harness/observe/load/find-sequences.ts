import { tagPrefix } from "../../model/event.ts";

const DASH = 0x2d;
const ZERO = 0x30;

/**
 * Finds the sequences of one run and producer whose tags stand in some bytes, each once: what `findTags` finds in a text, without
 * making a text of every record. Tags are ASCII, so bytes of UTF-8 serve.
 */
export function createSequenceFinder(runId: string, producer: string): (data: Uint8Array) => readonly number[] {
  const prefix = Buffer.from(`${tagPrefix(runId)}${producer}-`);
  return (data) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const found: number[] = [];
    for (let at = bytes.indexOf(prefix); at >= 0; at = bytes.indexOf(prefix, at + prefix.length)) {
      const sequence = isOfTag(bytes[at - 1]) ? undefined : sequenceAt(bytes, at + prefix.length);
      if (sequence !== undefined && !found.includes(sequence)) found.push(sequence);
    }
    return found;
  };
}

/** The number that ends a tag, written as a tag writes it: no leading zeros, and nothing of a longer tag behind it. */
function sequenceAt(bytes: Uint8Array, from: number): number | undefined {
  let value = 0;
  let index = from;
  for (; index < bytes.length; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  const isPadded = bytes[from] === ZERO && index > from + 1;
  return index === from || isPadded || isOfTag(bytes[index]) || !Number.isSafeInteger(value) ? undefined : value;
}

/** Letters and digits, lower case, and the dash: what may not stand next to a tag. */
function isOfTag(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return byte === DASH || (byte >= ZERO && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a);
}
