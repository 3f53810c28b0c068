/** What is known about a statement. `unknown` is neither good news nor bad news: it was not seen. */
export type Verdict = "pass" | "unknown" | "fail";

const RANK: Readonly<Record<Verdict, number>> = { pass: 0, unknown: 1, fail: 2 };

/** The worst of several verdicts, by pass < unknown < fail. Nothing judged is nothing known: an empty list is `unknown`. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts[0];
  if (first === undefined) return "unknown";
  return verdicts.reduce((worst, verdict) => (RANK[verdict] > RANK[worst] ? verdict : worst), first);
}
