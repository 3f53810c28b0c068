import type { Place } from "../model/settings/place.ts";
import { subjectOf } from "../model/settings/subject.ts";
import type { RuleContext } from "./rule.ts";

/** Names of the functions that play a part in a pipeline. */
export function rolesFunctions(context: Pick<RuleContext, "roles"> & Place): readonly string[] {
  const { entryFunction, consumerFunction } = context.roles;
  const references = [entryFunction, consumerFunction].filter((reference) => reference !== undefined);
  return [...new Set(references.map((reference) => subjectOf("function", reference, context)))];
}
