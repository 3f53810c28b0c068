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
      readonly fits: (actual: string, wanted: Pattern) => Match;
    };

const NAME = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/i;

/** Null where the name is not one that is known here. */
export function parseOperator(name: string): Operator | null {
  const found = NAME.exec(name);
  const comparison = COMPARISONS.get((found?.[2] ?? "").toLowerCase());
  if (found === null || comparison === undefined) return null;
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

function ordered(read: (text: string) => number, holds: (actual: number, wanted: number) => boolean) {
  return (actual: string, wanted: Pattern): Match => matchIf(holds(read(actual), read(textOf(wanted))));
}

const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
/** ISO 8601, or seconds since the epoch. */
const date = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const ORDERS = {
  equals: (actual: number, wanted: number) => actual === wanted,
  lessthan: (actual: number, wanted: number) => actual < wanted,
  lessthanequals: (actual: number, wanted: number) => actual <= wanted,
  greaterthan: (actual: number, wanted: number) => actual > wanted,
  greaterthanequals: (actual: number, wanted: number) => actual >= wanted,
} as const;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["null", { kind: "null" }],
  ...bothWays("string", "equals", equal),
  ...bothWays("string", "equalsignorecase", equalIgnoringCase),
  ...bothWays("string", "like", like),
  ...bothWays("arn", "equals", arnLike),
  ...bothWays("arn", "like", arnLike),
  ["bool", { kind: "compare", negated: false, fits: equalIgnoringCase }],
  ["binaryequals", { kind: "compare", negated: false, fits: equal }],
  ["ipaddress", { kind: "compare", negated: false, fits: inRange }],
  ["notipaddress", { kind: "compare", negated: true, fits: inRange }],
  ...Object.entries(ORDERS).flatMap(([name, holds]) => [
    ...single(`numeric${name}`, ordered(number, holds)),
    ...single(`date${name}`, ordered(date, holds)),
  ]),
  ["numericnotequals", { kind: "compare", negated: true, fits: ordered(number, ORDERS.equals) }],
  ["datenotequals", { kind: "compare", negated: true, fits: ordered(date, ORDERS.equals) }],
]);

type Fits = (actual: string, wanted: Pattern) => Match;

function single(name: string, fits: Fits): [string, Comparison][] {
  return [[name, { kind: "compare", negated: false, fits }]];
}

function bothWays(type: string, name: string, fits: Fits): [string, Comparison][] {
  return [...single(`${type}${name}`, fits), [`${type}not${name}`, { kind: "compare", negated: true, fits }]];
}
