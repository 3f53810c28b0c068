import { ANY_TEXT, fits, type Pattern, textOf } from "../../model/wildcard.ts";
import { type Match, matchIf } from "./match.ts";

/** arn, partition, service, region, account, resource. */
const SEGMENTS = 6;

/**
 * Whether an ARN fits a pattern: segment by segment, a wildcard stays within its own, and only the last may hold colons. What a
 * pattern leaves out at its end may be anything. Where only a wildcard that runs over a colon would make it fit, the AWS pages
 * do not say what happens: that is unclear.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchArn(pattern: Pattern, arn: string): Match {
  if (pattern === ANY_TEXT) return "yes";
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(arn);
  if (given.length < SEGMENTS) return matchIf(fits(pattern, arn));
  if (wanted.every((segment, index) => fits(segment, given[index] ?? ""))) return "yes";
  if (!fits(pattern, arn)) return "no";
  return { because: `whether ${textOf(pattern)} covers ${arn} is not documented: its wildcard would run over a colon` };
}

function segmentsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, SEGMENTS - 1), ...(parts.length < SEGMENTS ? [] : [parts.slice(SEGMENTS - 1).join(":")])];
}
