/**
 * A text without control characters (line feeds too become spaces): evidence quotes what a service answered, and that must
 * neither drive a terminal nor break a line-based format. Halves of surrogate pairs and the two non-characters that XML
 * forbids become U+FFFD.
 */
export function withoutControlCharacters(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\p{Cs}\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "");
}
