import type { EventTag } from "./event.ts";

/** Replaces every `{tag}` of a template. Tags hold only `a-z0-9-`, so the result is as valid as the template was (JSON, URL, key). */
export function fillTag(template: string, tag: EventTag): string {
  return template.replaceAll("{tag}", tag);
}

/** Fills every value of a key or of a set of attributes. */
export function fillTags(templates: Readonly<Record<string, string>>, tag: EventTag): Record<string, string> {
  return Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, fillTag(template, tag)]));
}

/**
 * The JSON text of a request with several events: the string `"{events}"` of the template, quotes included, becomes the list of
 * the events' own bodies (each of them JSON text).
 */
export function fillEvents(template: string, bodies: readonly string[]): string {
  const list = `[${bodies.join(",")}]`;
  // A function, because a body may hold `$&`, which means something in a replacement string.
  return template.replaceAll('"{events}"', () => list);
}
