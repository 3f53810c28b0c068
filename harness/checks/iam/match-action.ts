import type { PolicyStatement } from "../../model/settings/identity-setting.ts";
import { matchesGlob } from "../../model/wildcard.ts";
import { type Match, matchIf } from "./match.ts";

/** Whether a statement is about an action. Letter case does not count. */
export function matchAction(statement: PolicyStatement, action: string): Match {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesGlob(action.toLowerCase(), pattern.toLowerCase()));
  if (statement.notActions.length > 0) return matchIf(!isNamed(statement.notActions));
  return matchIf(isNamed(statement.actions));
}
