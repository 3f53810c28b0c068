import type { Diagnosis, Failure } from "../model/observation.ts";
import type { Timeline } from "../model/timeline.ts";
import type { Cause, Explanation } from "./cause.ts";
import { entryAnswer } from "./entry-answer.ts";
import { functionTrouble } from "./function-trouble.ts";
import { keyMismatch } from "./key-mismatch.ts";
import { causeNotKnown } from "./not-known.ts";

/** Every cause that is known; their order breaks ties. */
const CAUSES: readonly Cause[] = [entryAnswer, keyMismatch, functionTrouble];

/** The likeliest cause of a failure and how to fix it; where none is known, it says so and where to look next. */
export function diagnose(failure: Failure, timeline: Timeline, causes: readonly Cause[] = CAUSES): Diagnosis {
  return rankCauses(failure, timeline, causes)[0] ?? causeNotKnown(failure, timeline);
}

/** Every cause that the evidence speaks for, likeliest first. */
export function rankCauses(failure: Failure, timeline: Timeline, causes: readonly Cause[] = CAUSES): Explanation[] {
  return causes
    .map((cause) => cause.explain(failure, timeline))
    .filter((explanation) => explanation !== undefined)
    .sort((left, right) => right.likelihood - left.likelihood);
}
