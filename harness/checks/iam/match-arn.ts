import { ANY_TEXT, fits, type Pattern, textOf } from "../../model/wildcard.ts";
import { type Match, matchIf } from "./match.ts";

/** arn, partition, service, region, account, resource. */
const SEGMENTS = 6;

/**
 * Whether an ARN under a condition key fits a pattern: each of the six segments by itself, and only the last may hold colons. What
 * a pattern leaves out at its end may be anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchArn(pattern: Pattern, arn: string): Match {
  if (pattern === ANY_TEXT || textOf(pattern) === arn) return "yes";
  if (arn.split(":").length < SEGMENTS) {
    return fits(pattern, arn) ? { because: `${arn} is no ARN, and is compared with the ARN ${textOf(pattern)}` } : "no";
  }
  const given = segmentsOf(arn);
  return matchIf(segmentsOf(pattern).every((segment, index) => fits(segment, given[index] ?? "")));
}

/**
 * Whether a resource fits a pattern of a policy's `Resource`: as an ARN in a condition, but a `*` at the end of a segment may run
 * over the colons that follow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchResourceArn(pattern: Pattern, arn: string): Match {
  const given = arn.split(":");
  if (pattern === ANY_TEXT) return "yes";
  if (given.length < SEGMENTS) return matchIf(fits(pattern, arn));
  const wanted = segmentsOf(pattern);
  /** How many parts of the ARN may be taken by the segments so far. */
  let taken = new Set([0]);
  for (const segment of wanted.slice(0, SEGMENTS - 1)) {
    const fitting = [...taken].filter((at) => fits(segment, given[at] ?? ""));
    const isOpen = segment.endsWith(ANY_TEXT);
    taken = new Set(fitting.flatMap((at) => (isOpen ? given.slice(at).map((_, more) => at + more + 1) : [at + 1])));
  }
  const last = wanted[SEGMENTS - 1];
  if (last === undefined) return matchIf(taken.size > 0);
  return matchIf([...taken].some((at) => at < given.length && fits(last, given.slice(at).join(":"))));
}

function segmentsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, SEGMENTS - 1), ...(parts.length < SEGMENTS ? [] : [parts.slice(SEGMENTS - 1).join(":")])];
}
