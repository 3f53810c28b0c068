import type { Verdict } from "../model/verdict.ts";

/** How to colour a text; picocolors fits, and `plain` for files and pipes. */
export interface Colours {
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

const same = (text: string): string => text;
export const plain: Colours = { green: same, yellow: same, red: same, bold: same, dim: same };

/** The colour of a verdict, the same wherever it is shown. */
export function colourOf(verdict: Verdict, colours: Colours): (text: string) => string {
  switch (verdict) {
    case "pass":
      return colours.green;
    case "unknown":
      return colours.yellow;
    case "fail":
      return colours.red;
    default:
      return verdict satisfies never;
  }
}
