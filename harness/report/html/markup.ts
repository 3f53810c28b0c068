import { withoutControlCharacters } from "../control-characters.ts";
import { escapeMarkup } from "../escape-markup.ts";

/** Text that is HTML already. Only `html` and `trusted` make it, so that nothing from outside gets in without being escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | readonly Part[];

/** A template of HTML: strings and numbers put into it are escaped, in content and in quoted attributes; markup and lists are not. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? "";
  for (const [index, part] of parts.entries()) text += textOf(part) + (strings[index + 1] ?? "");
  return new Markup(text);
}

/** Text of our own that is HTML: styles, symbols, drawn charts. Never for what a service or a file said. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

export const nothing: Markup = new Markup("");

/** Text with the control characters that a code block may have: tabs and line feeds. */
export function codeText(text: string): Markup {
  return new Markup(
    text
      .split("\n")
      .map((line) => escapeMarkup(withoutControlCharacters(line.replaceAll("\t", "  "))))
      .join("\n"),
  );
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeMarkup(withoutControlCharacters(part));
  return part.map(textOf).join("");
}
