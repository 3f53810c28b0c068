/** A finding's evidence, taken apart into what shows the cause and what followed from it. */
export interface Evidence {
  readonly own: readonly string[];
  readonly consequences: readonly Consequence[];
}

export interface Consequence {
  /** `event.lost`. */
  readonly code: string;
  /** `alb-to-table / processor log`. */
  readonly subject: string;
  readonly statement: string;
  readonly evidence: readonly string[];
}

/** How the run words a failure that stands under its cause: `so event.lost at alb-to-table / item: 5 of 12 …`. */
const CONSEQUENCE = /^so (?<code>[a-z0-9-]+\.[a-z0-9-]+) at (?<subject>.+?): (?<statement>.+)$/s;

export function splitEvidence(lines: readonly string[]): Evidence {
  const own: string[] = [];
  const consequences: (Consequence & { readonly evidence: string[] })[] = [];
  for (const line of lines) {
    const { code, subject, statement } = CONSEQUENCE.exec(line)?.groups ?? {};
    if (code !== undefined && subject !== undefined && statement !== undefined)
      consequences.push({ code, subject, statement, evidence: [] });
    else (consequences.at(-1)?.evidence ?? own).push(line);
  }
  return { own, consequences };
}
