import type { OutsideVariant } from "../variant.ts";
import { CODE } from "./code.ts";
import { SETTINGS } from "./settings.ts";

/** Things broken that no rule is about: each still fails at the right hop, with what a person would look for next. */
export const OUTSIDE: readonly OutsideVariant[] = [...CODE, ...SETTINGS];
