import { z } from "zod";
import { type ErrorAnswer, failed } from "../answer.ts";

/** By name of a filter: the values that a resource has for it. One of them must match one of the filter's. */
export type Filters<T> = Readonly<Record<string, (resource: T) => readonly (string | undefined)[]>>;

export const filterInput = z
  .array(z.object({ Name: z.string(), Value: z.array(z.string()).optional() }))
  .max(200)
  .optional();

type Asked = z.infer<typeof filterInput>;

/**
 * The resources that every filter lets through. A filter that the operation, or the twin, does not know is an error: to
 * pass everything, or nothing, would be a false answer.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html#Filtering_Resources_CLI
 */
export function filtered<T>(all: readonly T[], asked: Asked, known: Filters<T>): readonly T[] | ErrorAnswer {
  let passing = all;
  for (const { Name, Value = [] } of asked ?? []) {
    const valuesOf = Object.hasOwn(known, Name) ? known[Name] : tagFilter(known, Name);
    if (valuesOf === undefined) {
      const names = Object.keys(known).sort().join(", ");
      return failed("InvalidParameterValue", `The filter '${Name}' is invalid (the twin knows: ${names})`);
    }
    const patterns = Value.map(pattern);
    passing = passing.filter((resource) =>
      valuesOf(resource).some((value) => value !== undefined && patterns.some((each) => each.test(value))),
    );
  }
  return passing;
}

/** `tag:Name` matches the values of one tag; resources give their tags as `tag:Name=value` under the filter `tag`. */
function tagFilter<T>(known: Filters<T>, name: string): Filters<T>[string] | undefined {
  const tags = known["tag"];
  if (tags === undefined || !name.startsWith("tag:")) return undefined;
  const start = `${name.slice("tag:".length)}=`;
  return (resource) => tags(resource).flatMap((tag) => (tag?.startsWith(start) ? [tag.slice(start.length)] : []));
}

/** The filters on tags that every operation has. */
export function tagFilters<T extends { readonly tags_all: Readonly<Record<string, string>> }>(): Filters<T> {
  return {
    tag: ({ tags_all }) => Object.entries(tags_all).map(([key, value]) => `${key}=${value}`),
    "tag-key": ({ tags_all }) => Object.keys(tags_all),
  };
}

/** `*` stands for any text and `?` for one character; a backslash takes either at its word. Letters count as they are. */
function pattern(value: string): RegExp {
  const source = value.replace(/\\?[\s\S]/g, (token) => {
    if (token === "*") return "[\\s\\S]*";
    if (token === "?") return "[\\s\\S]";
    return token.replace(/^\\(?=[*?\\])/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`);
}
