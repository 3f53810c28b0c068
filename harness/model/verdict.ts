import { z } from "zod";

/** What is known about a statement. `unknown` is neither good news nor bad news: it was not seen. */
export const verdictSchema = z.enum(["pass", "unknown", "fail"]);

export type Verdict = z.infer<typeof verdictSchema>;

const RANK = { pass: 0, unknown: 1, fail: 2 } as const satisfies Readonly<Record<Verdict, number>>;

/** The worst of several verdicts, by pass < unknown < fail. Nothing judged is nothing known: an empty list is `unknown`. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts[0];
  if (first === undefined) return "unknown";
  return verdicts.reduce((worst, verdict) => (RANK[verdict] > RANK[worst] ? verdict : worst), first);
}
