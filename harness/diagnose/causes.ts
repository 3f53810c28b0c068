import type { Cause } from "./cause.ts";
import { entryAnswer } from "./entry-answer.ts";
import { functionTrouble } from "./function-trouble.ts";
import { keyMismatch } from "./key-mismatch.ts";

/** Every cause that is known; their order breaks ties. */
export const CAUSES: readonly Cause[] = [entryAnswer, keyMismatch, functionTrouble];
