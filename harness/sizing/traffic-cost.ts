import type { Consumption, FunctionUse } from "../model/load-consumption.ts";
import type { FunctionSize, StackSize } from "../model/stack-size.ts";
import { LCU_GB_PER_HOUR, LCU_RULES_PER_SECOND, PRICES, PUT_UNIT_BYTES } from "./prices.ts";

const GIB = 1024 ** 3;
/** Of a function's log events for one invocation: START, END, REPORT and a line of its own. */
const LOG_BYTES_PER_INVOCATION = 600;

export interface CostLine {
  readonly item: string;
  readonly usd: number;
}

/**
 * What events cost by use: nothing of it depends on how large the stack is. What was not measured is left out, and `missing`
 * names it.
 */
export function trafficCost(
  size: StackSize,
  use: Consumption,
  events: number,
  seconds: number,
): { readonly lines: readonly CostLine[]; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const lines: CostLine[] = [];
  const add = (item: string, amount: number | null, usd: number): void => {
    if (amount === null) missing.push(item);
    else lines.push({ item, usd: amount * usd });
  };
  if (size.loadBalancer !== null)
    add("load balancer: LCUs", lcuHours(use, events, seconds), PRICES.loadBalancerUnitHour.usd);
  if (size.api !== null) add("API Gateway: requests", events * use.requestsPerEvent, PRICES.apiRequest.usd);
  if (size.stream !== null && !size.stream.isOnDemand)
    add("stream: PUT units", putUnits(use, events), PRICES.putUnit.usd);
  if (size.stream?.isOnDemand === true) {
    const gb = use.streamBytesPerEvent === null ? null : (use.streamBytesPerEvent * events) / GIB;
    add("stream: data in and out", gb, PRICES.onDemandStreamGbIn.usd + PRICES.onDemandStreamGbOut.usd);
  }
  if (size.table?.isOnDemand === true)
    add(
      "table: write requests",
      use.writeUnitsPerEvent === null ? null : use.writeUnitsPerEvent * events,
      PRICES.writeRequestUnit.usd,
    );
  for (const [role, functionSize, functionUse] of [
    ["entry function", size.entryFunction, use.entry],
    ["consumer function", size.consumerFunction, use.consumer],
  ] as const) {
    if (functionSize === null) continue;
    const cost = functionUse === null ? null : functionCost(functionSize, functionUse, events);
    add(`${role}: requests and time`, cost, 1);
    const logGb =
      functionUse === null ? null : (functionUse.invocationsPerEvent * events * LOG_BYTES_PER_INVOCATION) / GIB;
    add(`${role}: logs`, logGb, PRICES.logGb.usd);
  }
  return { lines, missing };
}

/** The busiest of an LCU's dimensions that events move: bytes and rule evaluations. */
function lcuHours(
  { requestBytesPerEvent, requestsPerEvent }: Consumption,
  events: number,
  seconds: number,
): number | null {
  if (requestBytesPerEvent === null || seconds === 0) return null;
  const hours = seconds / 3600;
  const byBytes = (requestBytesPerEvent * events) / GIB / hours / LCU_GB_PER_HOUR;
  const byRules = (events * requestsPerEvent) / seconds / LCU_RULES_PER_SECOND;
  return Math.max(byBytes, byRules) * hours;
}

function putUnits({ streamRecordsPerEvent, streamBytesPerEvent }: Consumption, events: number): number | null {
  if (streamRecordsPerEvent === null || streamBytesPerEvent === null || streamRecordsPerEvent === 0) return null;
  const perRecord = Math.max(1, Math.ceil(streamBytesPerEvent / streamRecordsPerEvent / PUT_UNIT_BYTES));
  return events * streamRecordsPerEvent * perRecord;
}

function functionCost({ memoryMb }: FunctionSize, use: FunctionUse, events: number): number {
  const invocations = use.invocationsPerEvent * events;
  const gbSeconds = invocations * (use.durationMs / 1000) * (memoryMb / 1024);
  return invocations * PRICES.lambdaRequest.usd + gbSeconds * PRICES.lambdaGbSecond.usd;
}
