import { fits, type Pattern, textOf } from "../../model/wildcard.ts";
import { isWithin } from "../network/address-range.ts";
import { type Match, matchIf } from "./match.ts";
import { matchArn } from "./match-arn.ts";

/** What an operator's name says. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface Operator {
  /** Quantifier over a key's several values. */
  readonly over: "any-value" | "all-values" | null;
  readonly ifExists: boolean;
  readonly comparison: Comparison;
}

export type Comparison =
  | { readonly kind: "null" }
  | {
      readonly kind: "compare";
      /** The `Not…` form: holds where none of the policy's values fits. */
      readonly negated: boolean;
      /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse */
      readonly takesVariables: boolean;
      readonly fits: (actual: string, wanted: Pattern) => Match;
    };

const NAME = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/i;

/** Null where the name is not one that is known here. */
export function parseOperator(name: string): Operator | null {
  const found = NAME.exec(name);
  const comparison = COMPARISONS.get((found?.[2] ?? "").toLowerCase());
  if (found === null || comparison === undefined) return null;
  if (comparison.kind === "null" && found[3] !== undefined) return null;
  const quantifier = found[1]?.toLowerCase();
  const over = quantifier === undefined ? null : quantifier === "foranyvalue" ? "any-value" : "all-values";
  return { over, ifExists: found[3] !== undefined, comparison };
}

const equal = (actual: string, wanted: Pattern) => matchIf(actual === textOf(wanted));
const equalIgnoringCase = (actual: string, wanted: Pattern) =>
  matchIf(actual.toLowerCase() === textOf(wanted).toLowerCase());
const like = (actual: string, wanted: Pattern) => matchIf(fits(wanted, actual));
const arnLike = (actual: string, wanted: Pattern) => matchArn(wanted, actual);
const inRange = (actual: string, wanted: Pattern) => matchIf(isWithin(actual, [textOf(wanted)]));

/** A text's number; `none` where it is none, and null where AWS' pages do not say whether it is. */
type Reading = number | "none" | null;

function ordered(read: (text: string) => Reading, holds: (actual: number, wanted: number) => boolean) {
  return (actual: string, wanted: Pattern): Match => {
    const [one, other] = [read(actual), read(textOf(wanted))];
    if (one === "none" || other === "none") return "no";
    if (one !== null && other !== null) return matchIf(holds(one, other));
    return { because: `how AWS reads ${one === null ? actual : textOf(wanted)} is not documented` };
  };
}

/** "An integer or decimal value". */
function number(text: string): Reading {
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text.trim() === "" || Number.isNaN(Number(text)) ? "none" : null;
}

/**
 * Milliseconds since the epoch. AWS takes seconds since then and the W3C's profile of ISO 8601: http://www.w3.org/TR/NOTE-datetime
 * Four digits are either.
 */
function date(text: string): Reading {
  const ms = Date.parse(text);
  if (/^\d+$/.test(text)) return text.length === 4 ? null : Number(text) * 1000;
  if (Number.isNaN(ms)) return "none";
  return /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/.test(text) ? ms : null;
}

const ORDERS = {
  equals: (actual: number, wanted: number) => actual === wanted,
  lessthan: (actual: number, wanted: number) => actual < wanted,
  lessthanequals: (actual: number, wanted: number) => actual <= wanted,
  greaterthan: (actual: number, wanted: number) => actual > wanted,
  greaterthanequals: (actual: number, wanted: number) => actual >= wanted,
} as const;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["null", { kind: "null" }],
  ...bothWays("stringequals", "stringnotequals", equal, true),
  ...bothWays("stringequalsignorecase", "stringnotequalsignorecase", equalIgnoringCase, true),
  ...bothWays("stringlike", "stringnotlike", like, true),
  ...bothWays("arnequals", "arnnotequals", arnLike, true),
  ...bothWays("arnlike", "arnnotlike", arnLike, true),
  single("bool", equalIgnoringCase),
  single("binaryequals", equal),
  ...bothWays("ipaddress", "notipaddress", inRange),
  ...Object.entries(ORDERS).flatMap(([name, holds]) => [
    single(`numeric${name}`, ordered(number, holds)),
    single(`date${name}`, ordered(date, holds)),
  ]),
  single("numericnotequals", ordered(number, ORDERS.equals), true),
  single("datenotequals", ordered(date, ORDERS.equals), true),
]);

type Fits = (actual: string, wanted: Pattern) => Match;

function single(name: string, fits: Fits, negated = false, takesVariables = false): [string, Comparison] {
  return [name, { kind: "compare", negated, takesVariables, fits }];
}

function bothWays(name: string, negation: string, fits: Fits, takesVariables = false): [string, Comparison][] {
  return [single(name, fits, false, takesVariables), single(negation, fits, true, takesVariables)];
}
