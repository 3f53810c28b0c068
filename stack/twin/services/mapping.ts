/**
 * How a resource of Terraform's state reads in an AWS API: for each member of the API's shape the attribute that holds
 * it, or a function of the resource. A member that comes to undefined is left out of the answer.
 */
export type Mapping<T> = Readonly<Record<string, keyof T | ((resource: T) => unknown)>>;

export function mapped<T>(resource: T, mapping: Mapping<T>): Record<string, unknown> {
  const shape: Record<string, unknown> = {};
  for (const [member, source] of Object.entries(mapping)) {
    const value = typeof source === "function" ? source(resource) : resource[source];
    if (value !== undefined) shape[member] = value;
  }
  return shape;
}

/** Tags as most services list them, in the order of their keys. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}
