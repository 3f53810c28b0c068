import type { VerifyOptions } from "../verify-options.ts";

/** The options of `stackproof canary`; see `--help`. */
export interface CanaryOptions extends VerifyOptions {
  /** NDJSON that every run adds a line to. */
  readonly history?: string;
  readonly acknowledge?: string;
  readonly canary?: string;
}
