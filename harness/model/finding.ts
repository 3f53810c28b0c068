/** A judged statement with a stable code. */
export type Finding = PassingFinding | UnknownFinding | FailingFinding;

interface Judged {
  /** Stable, for `--only`, catalogues and CI: `event.lost`. */
  readonly code: string;
  /** What it is about: `alb-to-table / stream`. */
  readonly subject: string;
  readonly scenario: string;
  /** One sentence. */
  readonly statement: string;
  /** What was seen, most telling first: tags, sequence numbers, log streams, numbers with units. */
  readonly evidence: readonly string[];
}

export interface PassingFinding extends Judged {
  readonly verdict: "pass";
}

export interface UnknownFinding extends Judged {
  readonly verdict: "unknown";
  /** What to do so that it can be known. */
  readonly remedy: string;
}

/** A failing finding always has a cause and a remedy; where the cause is not known, `cause` says so. */
export interface FailingFinding extends Judged {
  readonly verdict: "fail";
  readonly cause: string;
  readonly remedy: string;
}
