import type { PolicyStatement } from "../../model/settings/setting.ts";
import { type Match, matchIf } from "./match.ts";
import { fits, patternOf } from "./wildcard.ts";

/** Whether a statement is about an action. Letter case does not count. */
export function matchAction(statement: PolicyStatement, action: string): Match {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => fits(patternOf(pattern.toLowerCase()), action.toLowerCase()));
  if (statement.notActions.length > 0) return matchIf(!isNamed(statement.notActions));
  return matchIf(isNamed(statement.actions));
}
