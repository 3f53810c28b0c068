import type { TargetOptions } from "../run/target.ts";

/** The options of `stackproof verify`; see `--help`. */
export interface VerifyOptions extends TargetOptions {
  readonly scenarios?: string;
  readonly only?: string;
  /** Seconds. */
  readonly wait?: number;
  readonly json?: true;
  readonly out: string;
}
