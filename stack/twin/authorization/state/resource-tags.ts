import type { TwinState } from "../../state/twin-state.ts";

/** Tags of what `aws:ResourceTag` is in the context for. Buckets' and tables' are not, unless switched on for each. */
export function resourceTags(state: TwinState): (resourceArn: string) => Readonly<Record<string, string>> {
  const tagged = [state.keys, state.functions, state.streams, state.logGroups, state.roles].flat();
  const tags = new Map(tagged.map(({ arn, tags_all }) => [arn, tags_all]));
  return (resourceArn) => tags.get(resourceArn) ?? {};
}
