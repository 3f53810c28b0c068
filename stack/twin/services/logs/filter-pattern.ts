import { messageOf } from "../../model/text.ts";
import { type FilterPattern, parseJsonPattern } from "./json-pattern.ts";

interface Term {
  readonly sign: "" | "?" | "-";
  readonly text: string;
}

/**
 * Reads a filter pattern. Unstructured text: every term must be contained (case counts), `"a phrase"` counts as one
 * term, `-term` must not be contained, and where there are only `?terms` one of them must be. `%regular expression%`.
 * `{ $.json = "pattern" }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  if (text === "") return { kind: "pattern", matches: () => true };
  if (text.startsWith("[")) return { kind: "unimplemented" };
  if (text.startsWith("{")) return parseJsonPattern(text);
  if (text.startsWith("%")) return regularExpression(text);
  return termsPattern(text);
}

function regularExpression(text: string): FilterPattern {
  if (text.length < 3 || !text.endsWith("%")) return { kind: "invalid", reason: "a regular expression ends with %" };
  const source = text.slice(1, -1);
  if (/[()]/.test(source)) return { kind: "invalid", reason: "parentheses are not supported in a regular expression" };
  try {
    const expression = new RegExp(source);
    return { kind: "pattern", matches: (message) => expression.test(message) };
  } catch (cause) {
    return { kind: "invalid", reason: messageOf(cause) };
  }
}

const TERM_SYNTAX = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

function termsPattern(text: string): FilterPattern {
  const terms: Term[] = [];
  TERM_SYNTAX.lastIndex = 0;
  for (let end = 0; end < text.length; end = TERM_SYNTAX.lastIndex) {
    TERM_SYNTAX.lastIndex = end;
    const match = TERM_SYNTAX.exec(text);
    if (match === null) return { kind: "invalid", reason: `a term cannot be read at "${text.slice(end)}"` };
    const [, sign = "", quoted, bare] = match;
    const term = quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1");
    terms.push({ sign: sign === "?" || sign === "-" ? sign : "", text: term });
  }
  const of = (sign: Term["sign"]) => terms.filter((term) => term.sign === sign).map((term) => term.text);
  const included = of("");
  const excluded = of("-");
  const optional = included.length + excluded.length === 0 ? of("?") : [];
  return {
    kind: "pattern",
    matches: (message) =>
      included.every((term) => message.includes(term)) &&
      !excluded.some((term) => message.includes(term)) &&
      (optional.length === 0 || optional.some((term) => message.includes(term))),
  };
}
