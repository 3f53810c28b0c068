import type { FunctionUse } from "../model/load-consumption.ts";
import { HEADROOM, heldAgainst, type KnobNeed, rounded, type SizingBasis } from "./knob-need.ts";

/** A unit of concurrency takes so many synchronous requests a second: docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const REQUESTS_PER_CONCURRENCY = 10;

/** Reserved concurrency, where some is reserved. Where none is, the account's serves and nothing is changed. */
export function functionNeeds(basis: SizingBasis, lanes: number): KnobNeed[] {
  return [...entryNeed(basis), ...consumerNeed(basis, lanes)];
}

function entryNeed(basis: SizingBasis): KnobNeed[] {
  const { size, use, targetEventsPerSecond: target } = basis;
  const reserved = size.entryFunction?.reservedConcurrency ?? null;
  if (reserved === null || use.entry === null) return [];
  const byTime = atOnce(target, use.entry);
  const byRequests = (target * use.entry.invocationsPerEvent) / REQUESTS_PER_CONCURRENCY;
  const byMeasure = scaled(target, reserved, heldAgainst("entry-concurrency", basis));
  const after = Math.max(reserved, Math.ceil(Math.max(byTime, byRequests, byMeasure) * HEADROOM));
  const why =
    byMeasure > Math.max(byTime, byRequests)
      ? `${reserved} at once held ${rounded((target * reserved) / byMeasure)} events/s`
      : `${target} events/s × ${rounded(use.entry.durationMs)} ms, and at most ${REQUESTS_PER_CONCURRENCY} requests/s per unit`;
  return [{ knob: "entryConcurrency", before: reserved, after, why: `${why}; ${percentToSpare()}` }];
}

/** No more batches than the mapping has run at once: more concurrency than that is never used. */
function consumerNeed(basis: SizingBasis, lanes: number): KnobNeed[] {
  const { size, use, targetEventsPerSecond: target } = basis;
  const reserved = size.consumerFunction?.reservedConcurrency ?? null;
  if (reserved === null) return [];
  const byTime = use.consumer === null ? 0 : atOnce(target, use.consumer);
  const byMeasure = scaled(target, reserved, heldAgainst("consumer-concurrency", basis));
  const wanted = Math.ceil(Math.max(byTime, byMeasure) * HEADROOM);
  const after = Math.max(reserved, lanes === 0 ? wanted : Math.max(lanes, wanted));
  return [
    {
      knob: "consumerConcurrency",
      before: reserved,
      after,
      why: `the mapping runs up to ${lanes} batches at once, and each needs a place`,
    },
  ];
}

/** Executions under way at once: rate × duration. */
function atOnce(target: number, { invocationsPerEvent, durationMs }: FunctionUse): number {
  return (target * invocationsPerEvent * durationMs) / 1000;
}

function scaled(target: number, value: number, held: number | null): number {
  return held === null || held === 0 ? 0 : (target / held) * value;
}

function percentToSpare(): string {
  return `${Math.round((HEADROOM - 1) * 100)}% to spare`;
}
