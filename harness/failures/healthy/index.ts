import type { Variant } from "../variant.ts";
import { OTHER_NAMES } from "./names.ts";
import { OTHER_NETWORKS } from "./network.ts";
import { OTHER_SPELLINGS } from "./policies.ts";
import { OTHER_RESOURCES } from "./resources.ts";

/** Stacks with which nothing is wrong, however they are named and arranged. */
export const HEALTHY: readonly Variant[] = [...OTHER_NAMES, ...OTHER_NETWORKS, ...OTHER_SPELLINGS, ...OTHER_RESOURCES];
