import type { Readings } from "./readings.ts";

/** One field that reads differently; undefined on the side that has no such field. */
export interface Difference {
  /** `kind subject › member › member`. */
  readonly path: string;
  readonly moto: unknown;
  readonly twin: unknown;
}

/** A difference that is known: which of the two is not as AWS is, and how. */
export interface KnownDifference {
  /** Matches paths. */
  readonly path: RegExp;
  readonly fault: "moto" | "twin" | "neither";
  readonly why: string;
}

/** Every field in which two readings differ, in the order of their paths. The order of a list means nothing in any setting. */
export function differencesBetween(moto: Readings, twin: Readings): Difference[] {
  const left = fieldsOf(moto);
  const right = fieldsOf(twin);
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  return paths.flatMap((path) => {
    const difference = { path, moto: left.get(path), twin: right.get(path) };
    return difference.moto === difference.twin ? [] : [difference];
  });
}

/** Differences that no entry of the list is about. */
export function unlisted(differences: readonly Difference[], known: readonly KnownDifference[]): Difference[] {
  return differences.filter(({ path }) => !known.some((each) => each.path.test(path)));
}

/** Entries of the list that no difference shows any more. */
export function outdated(differences: readonly Difference[], known: readonly KnownDifference[]): KnownDifference[] {
  return known.filter((each) => !differences.some(({ path }) => each.path.test(path)));
}

/** Every value that holds no other, by its path; an empty list or object is a value too, since a missing one is another answer. */
export function fieldsOf(value: unknown, path = ""): Map<string, unknown> {
  if (value === null || typeof value !== "object") return new Map([[path, value]]);
  const members = Array.isArray(value)
    ? inOneOrder(value).map((element, index): [string, unknown] => [String(index), element])
    : Object.entries(value);
  if (members.length === 0) return new Map([[path, Array.isArray(value) ? "(empty list)" : "(empty)"]]);
  return new Map(members.flatMap(([name, member]) => [...fieldsOf(member, path === "" ? name : `${path} › ${name}`)]));
}

function inOneOrder(list: readonly unknown[]): unknown[] {
  const byText = list.map((element) => ({ element, text: JSON.stringify([...fieldsOf(element)].sort()) }));
  return byText.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ element }) => element);
}
