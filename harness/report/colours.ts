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
