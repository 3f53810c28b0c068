/** Codes that share a row of FAILURES.md with another. */
export const SHARED_ROWS: ReadonlySet<string> = new Set(["alb.ingress-too-open", "function.table-access-too-wide"]);
