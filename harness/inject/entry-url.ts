import { CannotRun } from "../model/errors.ts";

/**
 * The URL of an entry.
 *
 * @throws CannotRun `entry.not-a-url` where it is no http or https URL.
 */
export function parseEntryUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new CannotRun({
    code: "entry.not-a-url",
    message: `the entry's URL "${text}" is no http or https URL`,
    place: "url of the entry",
    remedy: "Check the output that the pipeline's entry names, and the path that follows it.",
  });
}
