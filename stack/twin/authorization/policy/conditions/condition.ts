import type { Condition } from "../policy-document.ts";
import { parseTemplate, resolve, type Template } from "../policy-variables.ts";
import type { RequestContext } from "../request-context.ts";
import { type Operator, operatorNamed } from "./operators.ts";

/** Whether a request meets a condition. */
export type ConditionTest = (context: RequestContext) => boolean;

/** How the values of a key that has several are taken together. */
type Quantifier = "none" | "for-all" | "for-any";

/**
 * Compiles one operator on one key. Undefined where AWS has no such operator, which makes the policy malformed.
 * A key that the request lacks fails an operator, passes a negated one and every `…IfExists`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function compileCondition(
  condition: Condition,
  version: "2012-10-17" | "2008-10-17",
): ConditionTest | undefined {
  const [, prefix, name = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i.exec(condition.operator) ?? [];
  const key = condition.key.toLowerCase();
  const templates = condition.values.map((value) => parseTemplate(value, version));
  if (name.toLowerCase() === "null") return ifExists === undefined ? compileNull(key, templates) : undefined;
  const operator = operatorNamed(name);
  if (operator === undefined) return undefined;
  const quantifier = quantifierOf(prefix);
  return (context) => {
    const values = context.values(key);
    if (values === undefined) return ifExists !== undefined || passesWithoutKey(operator, quantifier);
    const passes = (value: string) => passesOperator(operator, templates, value, context);
    return quantifier === "for-any" || (quantifier === "none" && !operator.negated)
      ? values.some(passes)
      : values.every(passes);
  };
}

function quantifierOf(prefix: string | undefined): Quantifier {
  if (prefix === undefined) return "none";
  return prefix.toLowerCase() === "forallvalues" ? "for-all" : "for-any";
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function passesWithoutKey(operator: Operator, quantifier: Quantifier): boolean {
  switch (quantifier) {
    case "none":
      return operator.negated;
    case "for-all":
      return true;
    case "for-any":
      return false;
    default:
      return quantifier satisfies never;
  }
}

/** The policy's values are alternatives; negated, none of them may fit. */
function passesOperator(
  operator: Operator,
  templates: readonly Template[],
  value: string,
  context: RequestContext,
): boolean {
  const fitsOne = templates.some((template) => {
    const resolved = resolve(template, context);
    return resolved !== undefined && operator.compare(resolved, value);
  });
  return fitsOne !== operator.negated;
}

/** `Null: true` asks that the key is absent, `Null: false` that it is there. */
function compileNull(key: string, templates: readonly Template[]): ConditionTest {
  const wanted = templates.map((template) => template.constant?.text.toLowerCase());
  return (context) => wanted.includes(String(context.values(key) === undefined));
}
