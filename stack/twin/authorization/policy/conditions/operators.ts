import { fitsArn } from "../match-arn.ts";
import type { Resolved } from "../policy-variables.ts";
import { fits } from "../wildcard.ts";
import { addressIsIn } from "./ip-address.ts";

/** Compares one value of the policy with one value of the request. */
export type Comparison = (ofPolicy: Resolved, ofRequest: string) => boolean;

/** An operator: what it compares, and whether it asks for the opposite (`StringNotEquals`). */
export interface Operator {
  readonly compare: Comparison;
  readonly negated: boolean;
}

const equals: Comparison = ({ text }, value) => text === value;
const equalsIgnoringCase: Comparison = ({ text }, value) => text.toLowerCase() === value.toLowerCase();
const like: Comparison = ({ pattern }, value) => fits(pattern, value);
/** AWS: ArnEquals and ArnLike behave identically. */
const arnLike: Comparison = ({ pattern }, value) => fitsArn(pattern, value);

const positive = (compare: Comparison): Operator => ({ compare, negated: false });
const negative = (compare: Comparison): Operator => ({ compare, negated: true });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  stringequals: positive(equals),
  stringnotequals: negative(equals),
  stringequalsignorecase: positive(equalsIgnoringCase),
  stringnotequalsignorecase: negative(equalsIgnoringCase),
  stringlike: positive(like),
  stringnotlike: negative(like),
  arnequals: positive(arnLike),
  arnlike: positive(arnLike),
  arnnotequals: negative(arnLike),
  arnnotlike: negative(arnLike),
  bool: positive(equalsIgnoringCase),
  binaryequals: positive(equals),
  ipaddress: positive(({ text }, value) => addressIsIn(text, value)),
  notipaddress: negative(({ text }, value) => addressIsIn(text, value)),
  numericequals: positive(numeric((policy, request) => request === policy)),
  numericnotequals: negative(numeric((policy, request) => request === policy)),
  numericlessthan: positive(numeric((policy, request) => request < policy)),
  numericlessthanequals: positive(numeric((policy, request) => request <= policy)),
  numericgreaterthan: positive(numeric((policy, request) => request > policy)),
  numericgreaterthanequals: positive(numeric((policy, request) => request >= policy)),
  dateequals: positive(dates((policy, request) => request === policy)),
  datenotequals: negative(dates((policy, request) => request === policy)),
  datelessthan: positive(dates((policy, request) => request < policy)),
  datelessthanequals: positive(dates((policy, request) => request <= policy)),
  dategreaterthan: positive(dates((policy, request) => request > policy)),
  dategreaterthanequals: positive(dates((policy, request) => request >= policy)),
};

/** The operator of a name such as `StringLike`, in any case; undefined where AWS has none of that name. */
export function operatorNamed(name: string): Operator | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined;
}

function numeric(compare: (ofPolicy: number, ofRequest: number) => boolean): Comparison {
  return ({ text }, value) => {
    const [ofPolicy, ofRequest] = [numberOf(text), numberOf(value)];
    return ofPolicy !== undefined && ofRequest !== undefined && compare(ofPolicy, ofRequest);
  };
}

function dates(compare: (ofPolicyMs: number, ofRequestMs: number) => boolean): Comparison {
  return ({ text }, value) => {
    const [ofPolicy, ofRequest] = [epochMsOf(text), epochMsOf(value)];
    return ofPolicy !== undefined && ofRequest !== undefined && compare(ofPolicy, ofRequest);
  };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const YEAR_TO_DAY = /^\d{4}(-\d\d(-\d\d)?)?$/;
const DAY_AND_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The W3C's profile of ISO 8601 (http://www.w3.org/TR/NOTE-datetime), or seconds since the epoch. */
function epochMsOf(text: string): number | undefined {
  if (!YEAR_TO_DAY.test(text) && !DAY_AND_TIME.test(text)) return /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}
