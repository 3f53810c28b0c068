/** Whether something fits. What cannot be told from what is known is neither: it says why. */
export type Match = "yes" | "no" | Unclear;

export interface Unclear {
  readonly because: string;
}

export function matchIf(condition: boolean): Match {
  return condition ? "yes" : "no";
}

/** Yes where all are; no where one is not, whatever the others. None at all is yes. */
export function allOf(matches: readonly Match[]): Match {
  if (matches.includes("no")) return "no";
  return firstUnclear(matches) ?? "yes";
}

/** Yes where one is, whatever the others. None at all is no. */
export function anyOf(matches: readonly Match[]): Match {
  if (matches.includes("yes")) return "yes";
  return firstUnclear(matches) ?? "no";
}

export function not(match: Match): Match {
  if (match === "yes") return "no";
  return match === "no" ? "yes" : match;
}

function firstUnclear(matches: readonly Match[]): Unclear | undefined {
  return matches.find((match) => typeof match === "object");
}
