/**
 * One tagged unit that goes in at an entry and is looked for at every hop.
 * The tag is text that survives JSON, URLs, S3 keys and log lines unchanged: `sp-<run id>-<producer>-<sequence>`.
 */
export interface EventIdentity {
  /** Lower-case letters and digits only. */
  readonly runId: string;
  /** Lower-case letters and digits only; one sequence each. */
  readonly producer: string;
  /** From 0, without gaps, in the order of the intended times. */
  readonly sequence: number;
}

/** For example `sp-20261122t015900x7f3a-alb-12`. */
export type EventTag = string;

export function formatTag(event: EventIdentity): EventTag {
  return `${tagPrefix(event.runId)}${event.producer}-${event.sequence}`;
}

/** What every tag of a run begins with; also what log searches look for. */
export function tagPrefix(runId: string): string {
  return `sp-${runId}-`;
}

/** The identity behind a tag, or undefined where the text is no tag. */
export function parseTag(text: string): EventIdentity | undefined {
  const match = /^sp-([a-z0-9]+)-([a-z0-9]+)-(0|[1-9][0-9]*)$/.exec(text);
  const [, runId, producer, digits] = match ?? [];
  if (runId === undefined || producer === undefined || digits === undefined) return undefined;
  return { runId, producer, sequence: Number(digits) };
}

/** Every tag of one run and producer that stands in a text, once each, in order of first appearance. */
export function findTags(text: string, runId: string, producer: string): EventTag[] {
  const pattern = new RegExp(`(?<![a-z0-9-])sp-${runId}-${producer}-(?:0|[1-9][0-9]*)(?![a-z0-9-])`, "g");
  return [...new Set(text.match(pattern) ?? [])];
}

/** A run id that sorts by time and is unlikely to meet another: `20261122t015900x7f3a9c`. */
export function createRunId(nowMs: number, random: () => number): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").toLowerCase();
  const suffix = Math.floor(random() * 0x1000000)
    .toString(16)
    .padStart(6, "0");
  return `${time}x${suffix}`;
}
