import type { KnownDifference } from "./differences.ts";

/** Where the readers see moto and the twin differ after the same apply. https://docs.getmoto.org */
export const knownDifferences: readonly KnownDifference[] = [];
