/** One thing that two runs can be told apart by. */
export interface Change {
  readonly about: "verdict" | "finding" | "latency" | "losses" | "errors" | "capacity";
  readonly subject: string;
  readonly direction: "better" | "worse" | "same" | "different" | "not-known";
  readonly statement: string;
}
