import { z } from "zod";

/** What is known about a statement, from good to bad. `unknown`: it could not be seen, which proves nothing either way. */
export const verdictSchema = z.enum(["pass", "unknown", "fail"]);

export type Verdict = z.infer<typeof verdictSchema>;

/** How bad a verdict is, by pass < unknown < fail. */
export function badness(verdict: Verdict): number {
  return verdictSchema.options.indexOf(verdict);
}

/** The worst of several verdicts, by pass < unknown < fail. Nothing judged is nothing known: an empty list is `unknown`. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts[0];
  if (first === undefined) return "unknown";
  return verdicts.reduce((worst, verdict) => (badness(verdict) > badness(worst) ? verdict : worst), first);
}
