import type { RequestContext } from "./request-context.ts";
import { literalPattern, type Pattern, patternOf } from "./wildcard.ts";

/**
 * A text of a policy that may hold variables: `${aws:username}`, `${aws:username, 'nobody'}` with a default, and the
 * escapes `${*}`, `${?}` and `${$}`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** The texts where there is no variable: the template is then the same for every request. */
  readonly constant: Resolved | undefined;
}

type TemplatePart =
  | { readonly kind: "policy-text"; readonly text: string }
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "variable"; readonly key: string; readonly fallback: string | undefined };

/** A template with its variables filled in, as plain text and as a pattern with wildcards. */
export interface Resolved {
  readonly text: string;
  readonly pattern: Pattern;
}

const VARIABLE = /\$\{\s*([^}',]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** Policies of version 2008-10-17 have no variables: `${` is text to them. */
export function parseTemplate(text: string, version: "2012-10-17" | "2008-10-17"): Template {
  const parts: TemplatePart[] = [];
  if (version === "2008-10-17") parts.push({ kind: "policy-text", text });
  else {
    let readTo = 0;
    for (const match of text.matchAll(VARIABLE)) {
      const [whole, key = "", fallback] = match;
      if (match.index > readTo) parts.push({ kind: "policy-text", text: text.slice(readTo, match.index) });
      if (key === "*" || key === "?" || key === "$") parts.push({ kind: "literal", text: key });
      else parts.push({ kind: "variable", key: key.toLowerCase(), fallback });
      readTo = match.index + whole.length;
    }
    if (readTo < text.length || parts.length === 0) parts.push({ kind: "policy-text", text: text.slice(readTo) });
  }
  const constant = parts.some(({ kind }) => kind === "variable") ? undefined : fill(parts, () => undefined);
  return { parts, constant };
}

/**
 * Fills in the variables. Undefined where the request has no value, or several, for one without a default: such a
 * text then matches nothing.
 */
export function resolve(template: Template, context: RequestContext): Resolved | undefined {
  if (template.constant !== undefined) return template.constant;
  return fill(template.parts, (key) => {
    const values = context.values(key);
    return values?.length === 1 ? values[0] : undefined;
  });
}

function fill(parts: readonly TemplatePart[], filledIn: (key: string) => string | undefined): Resolved | undefined {
  let text = "";
  const pattern: number[] = [];
  for (const part of parts) {
    const filled = part.kind === "variable" ? (filledIn(part.key) ?? part.fallback) : part.text;
    if (filled === undefined) return undefined;
    text += filled;
    for (const code of part.kind === "policy-text" ? patternOf(filled) : literalPattern(filled)) pattern.push(code);
  }
  return { text, pattern };
}
