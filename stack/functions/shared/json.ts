export type JsonObject = { readonly [field: string]: unknown };

/** Whether the value is an object with fields: not null, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses JSON text without throwing. The reason quotes one character of the text at most, as it ends up in the log. */
export function parseJson(
  text: string,
): { readonly kind: "json"; readonly value: unknown } | { readonly kind: "not-json"; readonly reason: string } {
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch (thrown) {
    return { kind: "not-json", reason: syntaxReason(thrown instanceof Error ? thrown.message : "") };
  }
}

// V8's own messages quote up to 40 characters around the place.
function syntaxReason(message: string): string {
  return /^Unexpected end of JSON input|^Unexpected token '.'|at position \d+/u.exec(message)?.[0] ?? "syntax error";
}
