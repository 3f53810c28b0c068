/**
 * AWS' wildcards: `*` is any number of characters, `?` is one. A pattern is kept as a list of character codes and the
 * two wildcards, so that a character that came from a policy variable never acts as a wildcard.
 */
export type Pattern = readonly number[];

export const ANY_CHARACTERS = -1;
const ONE_CHARACTER = -2;

/** The pattern that a policy's own text spells. */
export function patternOf(text: string): number[] {
  const pattern: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    pattern.push(code === 42 ? ANY_CHARACTERS : code === 63 ? ONE_CHARACTER : code);
  }
  return pattern;
}

/** The pattern that matches a text and nothing else. */
export function literalPattern(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Whether the whole text fits the pattern. Takes at most pattern × text steps, whatever the policy's author wrote. */
export function fits(pattern: Pattern, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let starInPattern = -1;
  let starAt = 0;
  while (at < text.length) {
    const expected = pattern[inPattern];
    if (expected === ANY_CHARACTERS) {
      starInPattern = inPattern;
      starAt = at;
      inPattern += 1;
    } else if (expected === ONE_CHARACTER || expected === text.charCodeAt(at)) {
      inPattern += 1;
      at += 1;
    } else if (starInPattern >= 0) {
      inPattern = starInPattern + 1;
      starAt += 1;
      at = starAt;
    } else return false;
  }
  while (pattern[inPattern] === ANY_CHARACTERS) inPattern += 1;
  return inPattern === pattern.length;
}
