/** One field that reads differently: its path in the answers, and what each side says (undefined: it has no such field). */
export interface Difference {
  /** `question › member › member`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A difference that is known, and whose fault it is. */
export interface KnownDifference {
  /** Matches paths. */
  readonly path: RegExp;
  readonly fault: "moto" | "twin";
  /** What AWS does, and why the other does not. */
  readonly why: string;
}

/** Every field in which two sets of answers differ, in the order of their paths. Lists are compared as sets. */
export function differencesBetween(expected: unknown, actual: unknown): Difference[] {
  const left = new Map(leaves("", ordered(expected)));
  const right = new Map(leaves("", ordered(actual)));
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  return paths
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, expected: left.get(path), actual: right.get(path) }));
}

/** What is not known yet, and what was known and does not occur any more. */
export function judged(
  differences: readonly Difference[],
  known: readonly KnownDifference[],
): { readonly unexplained: readonly Difference[]; readonly outdated: readonly KnownDifference[] } {
  return {
    unexplained: differences.filter(({ path }) => !known.some((each) => each.path.test(path))),
    outdated: known.filter((each) => !differences.some(({ path }) => each.path.test(path))),
  };
}

/** How many fields a set of answers has: a comparison of nothing finds no difference. */
export function fieldCount(answers: unknown): number {
  return leaves("", ordered(answers)).length;
}

function leaves(path: string, value: unknown): [path: string, leaf: unknown][] {
  if (value === null || typeof value !== "object") return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, Array.isArray(value) ? "(empty list)" : "(empty)"]];
  return entries.flatMap(([key, member]) => leaves(path === "" ? key : `${path} › ${key}`, member));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => ordered(element));
    return elements
      .map((element) => ({ element, text: JSON.stringify(element) }))
      .sort(byText)
      .map(({ element }) => element);
  }
  if (value === null || typeof value !== "object") return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, member]) => [key, ordered(member)]));
}

const byText = (a: { text: string }, b: { text: string }): number => (a.text < b.text ? -1 : 1);
