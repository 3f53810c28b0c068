import type { Choice } from "./policy-document.ts";
import { fits, patternOf } from "./wildcard.ts";

/** Whether a statement is about an action such as `kinesis:PutRecords`; upper and lower case are the same. */
export function compileActions(actions: Choice<string>): (action: string) => boolean {
  const patterns = actions.values.map((value) => patternOf(value.toLowerCase()));
  const listed = actions.kind === "these";
  return (action) => {
    const lowerCase = action.toLowerCase();
    return patterns.some((pattern) => fits(pattern, lowerCase)) === listed;
  };
}
