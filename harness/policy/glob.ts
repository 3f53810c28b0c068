/**
 * Whether a whole text matches a glob: `*` stands for any run of characters (dots included), `?` for any one. Linear in
 * practice and never exponential: on a mismatch it goes back to the last `*` only.
 */
export function matchesGlob(text: string, glob: string): boolean {
  let textIndex = 0;
  let globIndex = 0;
  let starIndex = -1;
  let starTextIndex = 0;
  while (textIndex < text.length) {
    const wanted = glob[globIndex];
    if (wanted === "*") {
      starIndex = globIndex;
      starTextIndex = textIndex;
      globIndex += 1;
    } else if (wanted === "?" || wanted === text[textIndex]) {
      textIndex += 1;
      globIndex += 1;
    } else if (starIndex >= 0) {
      starTextIndex += 1;
      textIndex = starTextIndex;
      globIndex = starIndex + 1;
    } else {
      return false;
    }
  }
  return [...glob.slice(globIndex)].every((rest) => rest === "*");
}
