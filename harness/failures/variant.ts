import type { Change } from "../testing/state.ts";

/** The reference stack, arranged otherwise. */
export interface Variant {
  /** What is otherwise, as the test's name says it: `the load balancer is internal`. */
  readonly way: string;
  readonly changes: readonly Change[];
  /** Runs only the scenarios of this name (`--only`), where the others have nothing to do with it. */
  readonly only?: string;
  /** How the zips are built, in place of copying the ones that are there. */
  readonly build?: readonly [string, ...string[]];
  /** Makes the folder of zips that the twin runs, in place of the built ones. */
  readonly functions?: (folder: string) => void;
}

/** The reference stack with one thing broken. */
export interface BrokenVariant extends Variant {
  /** Text that the cause must hold. */
  readonly cause: string;
  /** What events show of it: `event.lost at alb-to-table / stream`. Absent where events pass all the same. */
  readonly stops?: readonly string[];
  /** What events may show besides, by how far they came before the run ended. */
  readonly mayStop?: readonly string[];
  /** True where nothing can be proven at all: verify ends with 3 and the same code. */
  readonly refuses?: true;
  /** True where the verifier itself is kept from seeing what it looks for. */
  readonly leavesUnknown?: true;
}

/** Makes variants that have something in common: `const ofApi = breaking({ only: "api-*", stops: STOPS })`. */
export function breaking(common: Omit<BrokenVariant, "way" | "cause" | "changes">) {
  return (way: string, cause: string, ...changes: BrokenVariant["changes"]): BrokenVariant => ({
    ...common,
    way,
    cause,
    changes,
  });
}

/** The ways to break what one check is about: `failures` of its folder's failures.ts. */
export interface Failures {
  readonly variants: readonly BrokenVariant[];
  /** Code of the check whose row of FAILURES.md it is in; without it the check has a row to itself. */
  readonly sharesRowWith?: string;
}

/** Something broken that no rule knows. */
export interface OutsideVariant extends Variant {
  /** The failing findings, each as `code at subject`. */
  readonly fails: readonly string[];
  /** What may fail besides, by how far events came before the run ended. */
  readonly mayFail?: readonly string[];
  /** Texts that a person would look for next, all of them in cause or evidence. */
  readonly shows: readonly string[];
}
