import type { Fact } from "../model/fact.ts";
import type { Secret } from "../model/secret.ts";
import { mayHoldSecret, redactPatterns } from "./secret-patterns.ts";

/** Takes secrets out of what is about to be written, and puts `[redacted: what it is]` in their place. */
export interface Redactor {
  text(text: string): string;
  fact(fact: Fact): Fact;
}

/** A known value that is shorter is as likely an ordinary word, and is no secret worth the name. */
const SHORTEST_SECRET = 6;
/** Answers and messages are cut off after 500 bytes or more (4 bytes are one letter at the most): a shorter text is whole. */
const SHORTEST_CUT_TEXT = 125;

interface Known {
  readonly value: string;
  readonly start: string;
  readonly mark: string;
}

/**
 * A redactor of known values, however they are written (as they are, in JSON, in a URL, in base64), and of what looks like a secret
 * (secret-patterns.ts), whoever owns it. Redacting twice changes nothing more.
 */
export function createRedactor(secrets: readonly Secret[]): Redactor {
  const known = spellingsOf(secrets);
  const mayHold = (text: string) => mayHoldSecret(text) || known.some(({ start }) => text.includes(start));
  const redact = (text: string) =>
    mayHold(text) ? redactPatterns(known.reduce((left, each) => redactKnown(left, each), text)) : text;
  const redactDeep = <T>(value: T): T => {
    const line = JSON.stringify(value);
    return mayHold(line) ? JSON.parse(line, (_, part) => redactPart(part, redact)) : value;
  };
  return {
    text: redact,
    fact(fact) {
      switch (fact.fact) {
        // What grows with the load holds numbers, sets and tags; only what the entry said is text.
        case "load-phase":
        case "load-arrived":
        case "load-absent":
        case "load-stream-read":
        case "load-reordered":
        case "load-metric":
          return fact;
        case "load-second":
          return fact.samples.length === 0 ? fact : { ...fact, samples: redactDeep(fact.samples) };
        default:
          return redactDeep(fact);
      }
    },
  };
}

/** Longest first, so that a secret that holds another is taken out whole. */
function spellingsOf(secrets: readonly Secret[]): readonly Known[] {
  const marks = new Map<string, string>();
  for (const { value, what } of secrets) {
    if (value.length < SHORTEST_SECRET) continue;
    const inJson = JSON.stringify(value).slice(1, -1);
    const inBase64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
    for (const spelling of [value, inJson, encodeURIComponent(value), inBase64]) {
      if (!marks.has(spelling)) marks.set(spelling, `[redacted: ${what}]`);
    }
  }
  return [...marks]
    .map(([value, mark]) => ({ value, mark, start: value.slice(0, SHORTEST_SECRET) }))
    .sort((left, right) => right.value.length - left.value.length);
}

/** Also at the end of a text that was cut off within the secret. */
function redactKnown(text: string, { value, start, mark }: Known): string {
  const whole = text.replaceAll(value, () => mark);
  if (text.length < SHORTEST_CUT_TEXT) return whole;
  const at = whole.lastIndexOf(start);
  return at >= 0 && value.startsWith(whole.slice(at)) ? whole.slice(0, at) + mark : whole;
}

/** Texts, and the names of an object's fields. */
function redactPart(part: unknown, redact: (text: string) => string): unknown {
  if (typeof part === "string") return redact(part);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  const entries = Object.entries(part);
  if (entries.every(([name]) => redact(name) === name)) return part;
  return Object.fromEntries(entries.map(([name, value]) => [redact(name), value]));
}
