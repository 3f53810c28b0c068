import type { Sizing } from "../model/load.ts";
import type { Recommendation } from "../model/load-report.ts";
import type { StackSize } from "../model/stack-size.ts";
import { apiNeeds } from "./api-need.ts";
import { functionNeeds } from "./function-need.ts";
import type { KnobNeed, SizingBasis } from "./knob-need.ts";
import { type KnobValue, type KnobValues, leastOf, showValue } from "./knob-values.ts";
import { monthlyCost } from "./monthly-cost.ts";
import { lanesOf, streamNeeds } from "./stream-need.ts";
import { tableNeeds } from "./table-need.ts";
import { sizedVariables, tfvarsOf } from "./tfvars.ts";

/** A recommendation before anybody has tried it, and its values for a twin that does. */
export interface SizedRecommendation {
  readonly recommendation: Recommendation;
  readonly values: KnobValues;
}

/**
 * The sizes that the target rate needs, by what the run measured. Nothing is made smaller than it is. What was not measured is left
 * as it is and named under `byHand`.
 */
export function recommend(basis: SizingBasis, sizing: Sizing): SizedRecommendation {
  const stream = streamNeeds(basis);
  const needs = [...stream, ...tableNeeds(basis), ...functionNeeds(basis, lanesOf(stream, basis)), ...apiNeeds(basis)];
  const variables = sizedVariables(needs, sizing);
  const changed = variables.filter(({ need }) => isChange(need));
  const values: KnobValues = Object.fromEntries(needs.map(({ knob, after }) => [knob, after]));
  const { targetEventsPerSecond: target, size, use } = basis;
  return {
    values,
    recommendation: {
      targetEventsPerSecond: target,
      tfvars: tfvarsOf(target, variables),
      changes: changed.map(({ variable, value, need }) => ({
        variable,
        before: need.before === null ? "not known" : showValue(need.before),
        after: showValue(value),
        why: need.why,
      })),
      byHand: [...withoutVariable(needs, sizing), ...ofTheAccount(basis), ...notMeasured(basis)],
      monthlyCost: monthlyCost(size, resized(size, values), use, target),
      proof: { kind: "not-run", reason: "Nothing was run with these values." },
    },
  };
}

/** The stack as the values make it. */
function resized(size: StackSize, values: KnobValues): StackSize {
  const number = (value: KnobValue | undefined, now: number): number => (value === undefined ? now : leastOf(value));
  const { stream, table, mapping, entryFunction, consumerFunction, api } = size;
  return {
    ...size,
    stream: stream && { ...stream, openShards: number(values.streamShards, stream.openShards) },
    table: table && { ...table, writeCapacity: number(values.tableWriteCapacity, table.writeCapacity) },
    mapping: mapping && {
      batchSize: number(values.mappingBatchSize, mapping.batchSize),
      parallelization:
        values.mappingParallelization === undefined ? mapping.parallelization : leastOf(values.mappingParallelization),
    },
    entryFunction: entryFunction && withConcurrency(entryFunction, values.entryConcurrency),
    consumerFunction: consumerFunction && withConcurrency(consumerFunction, values.consumerConcurrency),
    api: api && {
      ...api,
      requestsPerSecond:
        values.apiRequestsPerSecond === undefined ? api.requestsPerSecond : leastOf(values.apiRequestsPerSecond),
      burst: values.apiBurst === undefined ? api.burst : leastOf(values.apiBurst),
    },
  };
}

function withConcurrency<Size extends { readonly reservedConcurrency: number | null }>(
  size: Size,
  value: KnobValue | undefined,
): Size {
  return value === undefined ? size : { ...size, reservedConcurrency: leastOf(value) };
}

function isChange({ before, after }: KnobNeed): boolean {
  return before === null || showValue(before) !== showValue(after);
}

function withoutVariable(needs: readonly KnobNeed[], sizing: Sizing): string[] {
  return needs
    .filter((need) => sizing[need.knob] === undefined && isChange(need))
    .map(
      ({ knob, after, why }) => `${knob}: set it to ${showValue(after)}; the stack has no variable for it (${why}).`,
    );
}

/** What no variable of a stack sets. */
function ofTheAccount({ size, use, bottleneck, targetEventsPerSecond: target }: SizingBasis): string[] {
  if (bottleneck.kind !== "known") return [];
  const { limit, subject } = bottleneck;
  const isShared =
    (limit === "entry-concurrency" && size.entryFunction?.reservedConcurrency === null) ||
    (limit === "consumer-concurrency" && size.consumerFunction?.reservedConcurrency === null);
  if (isShared) {
    const used = limit === "entry-concurrency" ? use.entry : use.consumer;
    const need =
      used === null
        ? ""
        : ` (${subject} alone needs about ${Math.ceil((target * used.invocationsPerEvent * used.durationMs) / 1000)})`;
    return [
      `The account's concurrency held ${subject} back: ask Service Quotas for more concurrent executions${need}.`,
    ];
  }
  if (limit === "api-throttle" && size.api?.requestsPerSecond === null)
    return ["The account's throttling held the API back: ask Service Quotas for more requests per second."];
  if (limit === "sender")
    return ["The sender was the limit: run it on a larger machine or on several, and search again."];
  return [];
}

function notMeasured({ size, use }: SizingBasis): string[] {
  const gaps: string[] = [];
  if (size.stream !== null && use.streamRecordsPerEvent === null) gaps.push("shards (IncomingRecords did not come)");
  if (size.table !== null && !size.table.isOnDemand && use.writeUnitsPerEvent === null)
    gaps.push("the table's write capacity (ConsumedWriteCapacityUnits did not come)");
  if (size.stream !== null && use.eventsPerBusySecond === null)
    gaps.push("batches at once (the consumer's Invocations and Duration did not come)");
  return [
    ...(gaps.length === 0 ? [] : [`Left as they are, since nothing was measured to size them by: ${gaps.join(", ")}.`]),
    ...size.unread.map(({ part, reason }) => `The ${part} was not sized: ${reason}.`),
  ];
}
