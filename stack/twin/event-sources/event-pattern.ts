/** A value as JSON has it. */
type Json = unknown;

/**
 * Whether a value matches an event pattern as Lambda's event filtering defines it: every key of the pattern must match, each with one of its
 * listed values or comparisons (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).
 */
export function matchesPattern(pattern: Json, value: Json): boolean {
  if (Array.isArray(pattern)) return matchesAny(pattern, value);
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or" && Array.isArray(wanted)) return wanted.some((each) => matchesPattern(each, value));
    return matchesPattern(wanted, isObject(value) ? value[key] : undefined);
  });
}

function matchesAny(rules: readonly Json[], value: Json): boolean {
  const values = Array.isArray(value) ? value : [value];
  return rules.some((rule) => values.some((each) => matchesRule(rule, each)));
}

function matchesRule(rule: Json, value: Json): boolean {
  if (!isObject(rule)) return rule === value;
  const [[name, operand] = ["", undefined]] = Object.entries(rule);
  switch (name) {
    case "exists":
      return (value !== undefined) === (operand === true);
    case "prefix":
      return typeof value === "string" && typeof operand === "string" && value.startsWith(operand);
    case "suffix":
      return typeof value === "string" && typeof operand === "string" && value.endsWith(operand);
    case "equals-ignore-case":
      return typeof value === "string" && typeof operand === "string" && value.toLowerCase() === operand.toLowerCase();
    case "anything-but":
      return value !== undefined && !matchesAny(Array.isArray(operand) ? operand : [operand], value);
    case "numeric":
      return typeof value === "number" && Array.isArray(operand) && isInRange(operand, value);
    default:
      return false;
  }
}

/** `[">", 0, "<=", 10]`: every pair must hold. */
function isInRange(operand: readonly Json[], value: number): boolean {
  for (let index = 0; index < operand.length; index += 2) {
    const bound = operand[index + 1];
    if (typeof bound !== "number" || !compares(operand[index], value, bound)) return false;
  }
  return operand.length > 0;
}

function compares(comparison: Json, value: number, bound: number): boolean {
  switch (comparison) {
    case "=":
      return value === bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    default:
      return false;
  }
}

function isObject(value: Json): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
