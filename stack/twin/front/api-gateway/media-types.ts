/** Whether a media type is one of the API's binary media types, which may have wildcards (`image/*`). */
export function isBinary(binaryMediaTypes: readonly string[], mediaTypes: string | undefined): boolean {
  const given = (mediaTypes ?? "").split(",").map((each) => each.split(";")[0]?.trim().toLowerCase() ?? "");
  return binaryMediaTypes.some((binary) => {
    if (binary === "*/*") return true;
    const [type, subtype] = binary.toLowerCase().split("/");
    return given.some((each) => each === binary.toLowerCase() || (subtype === "*" && each.startsWith(`${type}/`)));
  });
}
