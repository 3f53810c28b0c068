import { anyCharacters, fits, type Pattern } from "./wildcard.ts";

const colon = 58;
/** arn, partition, service, region, account, and the resource with all colons that it has. */
const segmentsOfAnArn = 6;

/**
 * Compares ARNs segment by segment: a wildcard stays within its segment, only the last one may hold colons. Segments
 * that a pattern leaves out at its end are anything, as AWS completes `arn:aws:sqs`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function fitsArn(pattern: Pattern, arn: string): boolean {
  if (pattern.length === 1 && pattern[0] === anyCharacters) return true;
  if (!arn.startsWith("arn:")) return fits(pattern, arn);
  let patternAt = 0;
  let arnAt = 0;
  for (let segment = 1; segment <= segmentsOfAnArn; segment += 1) {
    const last = segment === segmentsOfAnArn;
    const patternEnd = last ? -1 : pattern.indexOf(colon, patternAt);
    const arnEnd = last ? -1 : arn.indexOf(":", arnAt);
    const ofPattern = patternEnd < 0 ? pattern.slice(patternAt) : pattern.slice(patternAt, patternEnd);
    const ofArn = arnEnd < 0 ? arn.slice(arnAt) : arn.slice(arnAt, arnEnd);
    if (!fits(ofPattern, ofArn)) return false;
    if (patternEnd < 0) return true;
    if (arnEnd < 0) return false;
    patternAt = patternEnd + 1;
    arnAt = arnEnd + 1;
  }
  return true;
}
