/**
 * An event's body template, made longer so that with the tag filled in it has at least `bodyBytes` bytes of UTF-8; null leaves it.
 * A JSON object gets a member `padding`, because a service that reads and writes the event again would drop white space;
 * what is no object, or is short of less than such a member takes, gets spaces behind it, which mean nothing in JSON.
 */
export function padBody(template: string, tag: string, bodyBytes: number | null): string {
  const body = template.replaceAll("{tag}", tag);
  const missingBytes = bodyBytes === null ? 0 : bodyBytes - Buffer.byteLength(body);
  if (missingBytes <= 0) return template;
  const member = paddingMember(body);
  const end = template.lastIndexOf("}");
  if (member === undefined || missingBytes < member.length) return template + " ".repeat(missingBytes);
  const filled = `${member.slice(0, -1)}${"x".repeat(missingBytes - member.length)}"`;
  return `${template.slice(0, end)}${filled}${template.slice(end)}`;
}

/** The empty member to put before the object's last brace; undefined where the body is no JSON object. */
function paddingMember(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  let name = "padding";
  while (Object.hasOwn(parsed, name)) name += "_";
  return `${Object.keys(parsed).length === 0 ? "" : ","}"${name}":""`;
}
