/** A permission that a part of the harness needs, on resources as narrow as the API allows. */
export interface Need {
  readonly action: string;
  readonly resources: readonly string[];
}

/** One need per action, all on the same resources; none if there are no resources. */
export function needsOn(actions: readonly string[], resources: readonly string[]): readonly Need[] {
  return resources.length === 0 ? [] : actions.map((action) => ({ action, resources }));
}
