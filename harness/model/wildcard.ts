/**
 * A text with wildcards, which stand in it as two characters of Unicode's private use area: so a `*` that comes out of a policy
 * variable stays a `*`.
 */
export type Pattern = string;

export const ANY_TEXT = "\uE000";
const ANY_CHARACTER = "\uE001";

/** Reads `*` and `?` as wildcards. */
export function patternOf(text: string): Pattern {
  return text.replaceAll("*", ANY_TEXT).replaceAll("?", ANY_CHARACTER);
}

/** The pattern as text, for comparisons that know no wildcards. */
export function textOf(pattern: Pattern): string {
  return pattern.replaceAll(ANY_TEXT, "*").replaceAll(ANY_CHARACTER, "?");
}

/** Whether a whole text fits a glob of a person: `*` is any run of characters (dots and slashes included), `?` any one. */
export function matchesGlob(text: string, glob: string): boolean {
  return fits(patternOf(glob), text);
}

/** Whether the whole text fits. Goes back to the last wildcard only, so it takes at most length × length steps. */
export function fits(pattern: Pattern, text: string): boolean {
  let at = 0;
  let textAt = 0;
  let lastWildcard = -1;
  let taken = 0;
  while (textAt < text.length) {
    const wanted = pattern[at];
    if (wanted === ANY_TEXT) {
      lastWildcard = at;
      taken = textAt;
      at += 1;
    } else if (wanted !== undefined && (wanted === ANY_CHARACTER || wanted === text[textAt])) {
      at += 1;
      textAt += 1;
    } else if (lastWildcard >= 0) {
      taken += 1;
      at = lastWildcard + 1;
      textAt = taken;
    } else {
      return false;
    }
  }
  while (pattern[at] === ANY_TEXT) at += 1;
  return at === pattern.length;
}
