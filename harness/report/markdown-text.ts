import type { Verdict } from "../model/verdict.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** A verdict as a sign. */
export const ICON: Readonly<Record<Verdict, string>> = { pass: "✅", unknown: "❔", fail: "❌" };

/** Text as it may appear in a cell: no markup, no new line, no end of the cell, no mention of a user. */
export function escapeCell(text: string): string {
  return escapeMarkup(withoutControlCharacters(text))
    .replaceAll(/[\\`*_{}[\]|~]/g, "\\$&")
    .replaceAll("@", "@&#8203;");
}

/** Text as it may begin a line or an item of a list: as in a cell, and neither a heading, nor a list, nor a rule. */
export function escapeLine(text: string): string {
  return escapeCell(text.trimStart())
    .replace(/^(?:[-+=:]|#(?!8203))/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Code in a fence that it cannot close. */
export function codeFence(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.split("\n").map(withoutControlCharacters).join("\n")}\n${fence}`;
}

/** Something folded up. `summary` is Markdown's own text already. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
