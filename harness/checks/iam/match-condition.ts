import { type Comparison, parseOperator } from "./condition-operator.ts";
import { contextValue } from "./context.ts";
import { allOf, anyOf, type Match, matchIf, not } from "./match.ts";
import { hasVariable, substitute } from "./policy-variables.ts";
import type { RequestContext } from "./request.ts";

/** One line of a condition: `ArnLike` `aws:SourceArn` [values]. */
export interface ConditionLine {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

/**
 * Whether a request meets one line of a condition. A key that the request does not carry fails it, but for negated operators,
 * `…IfExists`, `ForAllValues` and `Null`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function matchCondition(line: ConditionLine, version: string, context: RequestContext): Match {
  const operator = parseOperator(line.operator);
  if (operator === null) return { because: `the condition operator ${line.operator} is not known here` };
  const { comparison, over, ifExists } = operator;
  const value = contextValue(context, line.key);
  if (value.kind === "not-known") return { because: `${line.key} of the call is not known` };
  const isMissing = value.kind === "absent" || value.values.length === 0;
  if (comparison.kind === "null") return isNull(line.wanted, isMissing);
  if (isMissing) {
    if (over === "any-value") return matchIf(ifExists);
    return matchIf(ifExists || over === "all-values" || comparison.negated);
  }
  const matches = value.values.map((actual) => matchValue(actual, line.wanted, comparison, version, context));
  const every = over === "all-values" || (over === null && comparison.negated);
  return every ? allOf(matches) : anyOf(matches);
}

/** A key without a value is null as well: `false` asks that "the key exists and its value is not null". */
function isNull(wanted: readonly string[], absent: boolean): Match {
  return matchIf(wanted.some((value) => value.toLowerCase() === String(absent)));
}

const VARIABLE: Match = { because: "policy variables are for the operators of texts and ARNs alone" };

function matchValue(
  actual: string,
  wanted: readonly string[],
  comparison: Comparison & { kind: "compare" },
  version: string,
  context: RequestContext,
): Match {
  const matches = wanted.map((text): Match => {
    const substituted = substitute(text, version, context);
    switch (substituted.kind) {
      case "pattern":
        if (!comparison.takesVariables && hasVariable(text, version)) return VARIABLE;
        return comparison.fits(actual, substituted.pattern);
      case "missing":
        if (!comparison.negated) return "no";
        return { because: `the call has no \${${substituted.variable}} to compare with` };
      case "unclear":
        return substituted.unclear;
      default:
        return substituted satisfies never;
    }
  });
  return comparison.negated ? not(anyOf(matches)) : anyOf(matches);
}
