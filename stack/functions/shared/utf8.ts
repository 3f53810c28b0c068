export type Utf8Text = { readonly kind: "text"; readonly text: string } | { readonly kind: "not-utf8" };

/** Decodes UTF-8 strictly: bytes that are none are named as such rather than replaced, as a replaced byte is a changed event. */
export function decodeUtf8(bytes: Uint8Array): Utf8Text {
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { kind: "not-utf8" };
  }
}

export function utf8SizeBytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
