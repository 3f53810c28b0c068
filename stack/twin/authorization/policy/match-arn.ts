import { ANY_CHARACTERS, fits, type Pattern } from "./wildcard.ts";

const COLON = 58;
/** arn, partition, service, region, account, and the resource with all colons that it has. */
const SEGMENTS_OF_AN_ARN = 6;

/**
 * Compares the ARN of a condition key segment by segment: a wildcard stays within its segment, only the last one may
 * hold colons. Segments that a pattern leaves out at its end are anything, as AWS completes `arn:aws:sqs`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function fitsArn(pattern: Pattern, arn: string): boolean {
  if (isEverything(pattern)) return true;
  if (!arn.startsWith("arn:")) return fits(pattern, arn);
  let patternAt = 0;
  let arnAt = 0;
  for (let segment = 1; segment <= SEGMENTS_OF_AN_ARN; segment += 1) {
    const last = segment === SEGMENTS_OF_AN_ARN;
    const patternEnd = last ? -1 : pattern.indexOf(COLON, patternAt);
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

/**
 * Compares the ARN of a resource: as that of a condition key, but a `*` that ends a segment may run over the colons that
 * follow. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function fitsResource(pattern: Pattern, arn: string): boolean {
  if (fitsArn(pattern, arn)) return true;
  return arn.startsWith("arn:") && fitsFrom(segmentsOf(pattern), 0, arn, new Set());
}

/** Whether the segments from one on fit what is left of an ARN. `failed` has what did not, as `segment text-length`. */
function fitsFrom(segments: readonly Pattern[], index: number, rest: string, failed: Set<string>): boolean {
  const segment = segments[index] ?? [];
  if (index === SEGMENTS_OF_AN_ARN - 1) return fits(segment, rest);
  const end = rest.indexOf(":");
  if (!fits(segment, end < 0 ? rest : rest.slice(0, end))) return false;
  if (index === segments.length - 1) return true;
  const key = `${index} ${rest.length}`;
  if (failed.has(key)) return false;
  for (let colon = end; colon >= 0; colon = rest.indexOf(":", colon + 1)) {
    if (fitsFrom(segments, index + 1, rest.slice(colon + 1), failed)) return true;
    if (segment.at(-1) !== ANY_CHARACTERS) break;
  }
  failed.add(key);
  return false;
}

function segmentsOf(pattern: Pattern): Pattern[] {
  const segments: Pattern[] = [];
  let from = 0;
  while (segments.length < SEGMENTS_OF_AN_ARN - 1) {
    const end = pattern.indexOf(COLON, from);
    if (end < 0) break;
    segments.push(pattern.slice(from, end));
    from = end + 1;
  }
  return [...segments, pattern.slice(from)];
}

function isEverything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === ANY_CHARACTERS;
}
