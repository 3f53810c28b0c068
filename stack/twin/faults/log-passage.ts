const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What tells one log event from others in every run: its text without the time and the request that it begins with. */
export function logPassage(message: string): string {
  return message.replace(/^\S+Z\t\S+\t([A-Z]+)\t/, "$1 ").replaceAll(UUID, "…");
}
