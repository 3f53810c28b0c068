import { RULES } from "../checks/catalogue/index.ts";
import type { Failures } from "./variant.ts";

/** One check with the ways to break what it is about. */
export interface Row extends Failures {
  readonly code: string;
}

/** Every check's ways to break it, from the folders of the catalogue, in the order of the rules. */
export const ROWS: readonly Row[] = await Promise.all(
  RULES.map(async ({ code }) => ({ code, ...(await failuresOf(code)) })),
);

async function failuresOf(code: string): Promise<Failures> {
  const file = new URL(`../checks/catalogue/${code}/failures.ts`, import.meta.url);
  const { failures }: { readonly failures: Failures } = await import(file.href);
  return failures;
}
