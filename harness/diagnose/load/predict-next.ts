import type { LimitName } from "../../model/load.ts";
import type { Consumption } from "../../model/load-consumption.ts";
import type { Bottleneck } from "../../model/load-report.ts";
import type { StackSize } from "../../model/stack-size.ts";
import { SHARD_BYTES_PER_SECOND, SHARD_RECORDS_PER_SECOND } from "./limits/shard-writes.ts";

/** The rate at which a limit is met, by what was measured per event and what the settings allow. */
export interface Ceiling {
  readonly limit: LimitName;
  readonly subject: string;
  readonly eventsPerSecond: number;
  readonly evidence: readonly string[];
}

/** Synchronous requests per second that one unit of concurrency takes: docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const REQUESTS_PER_CONCURRENCY = 10;

/**
 * What gives way after the bottleneck: of the other limits the one with the lowest ceiling. Ceilings below the rate that held are
 * left out, since that rate shows that they are not met: but for the table's, whose savings hide it.
 */
export function predictNext(
  size: StackSize,
  use: Consumption,
  bottleneck: LimitName | null,
  heldEventsPerSecond: number,
): Bottleneck {
  const ceilings = ceilingsOf(size, use).filter(
    ({ limit, eventsPerSecond }) =>
      limit !== bottleneck && (eventsPerSecond >= heldEventsPerSecond || limit === "table-write-capacity"),
  );
  const lowest = ceilings.sort((one, other) => one.eventsPerSecond - other.eventsPerSecond)[0];
  if (lowest === undefined)
    return { kind: "unknown", reason: "Too little was measured or read to tell what the other limits allow." };
  return { kind: "known", ...lowest };
}

/** The ceiling of every limit of which both the use and the setting are known. */
export function ceilingsOf(size: StackSize, use: Consumption): Ceiling[] {
  return [
    ...streamCeilings(size, use),
    ...tableCeiling(size, use),
    ...functionCeilings(size, use),
    ...apiCeiling(size, use),
  ];
}

function streamCeilings({ stream }: StackSize, use: Consumption): Ceiling[] {
  if (stream === null || stream.isOnDemand) return [];
  const subject = `stream ${stream.name}`;
  const ceiling = (limit: LimitName, perShard: number, perEvent: number | null, unit: string): Ceiling[] =>
    perEvent === null || perEvent === 0
      ? []
      : [
          {
            limit,
            subject,
            eventsPerSecond: round((stream.openShards * perShard) / perEvent),
            evidence: [
              `${stream.openShards} shards × ${perShard} ${unit}/s ÷ ${round(perEvent)} ${unit} per event, if the keys spread evenly`,
            ],
          },
        ];
  return [
    ...ceiling("shard-records", SHARD_RECORDS_PER_SECOND, use.streamRecordsPerEvent, "records"),
    ...ceiling("shard-bytes", SHARD_BYTES_PER_SECOND, use.streamBytesPerEvent, "bytes"),
  ];
}

function tableCeiling({ table }: StackSize, { writeUnitsPerEvent }: Consumption): Ceiling[] {
  if (table === null || table.isOnDemand || writeUnitsPerEvent === null || writeUnitsPerEvent === 0) return [];
  const scaling = table.writeScaling;
  const canGrow = scaling !== null && scaling.max > table.writeCapacity;
  return [
    {
      limit: "table-write-capacity",
      subject: `table ${table.name}`,
      eventsPerSecond: round(table.writeCapacity / writeUnitsPerEvent),
      evidence: [
        `${table.writeCapacity} write capacity units are provisioned, and one event takes ${round(writeUnitsPerEvent)}`,
        ...(canGrow ? [`autoscaling may raise them to ${scaling.max} after some minutes`] : []),
      ],
    },
  ];
}

function functionCeilings(
  { entryFunction, consumerFunction, stream, mapping }: StackSize,
  use: Consumption,
): Ceiling[] {
  const ceilings: Ceiling[] = [];
  if (entryFunction !== null && entryFunction.reservedConcurrency !== null && use.entry !== null) {
    const { reservedConcurrency: reserved, name } = entryFunction;
    const perSecond = Math.min((reserved * 1000) / use.entry.durationMs, reserved * REQUESTS_PER_CONCURRENCY);
    ceilings.push({
      limit: "entry-concurrency",
      subject: `function ${name}`,
      eventsPerSecond: round(perSecond / use.entry.invocationsPerEvent),
      evidence: [
        `${reserved} at once, ${round(use.entry.durationMs)} ms each, at most ${REQUESTS_PER_CONCURRENCY} requests/s per unit`,
      ],
    });
  }
  const lanes = stream === null ? 0 : stream.openShards * (mapping?.parallelization ?? 1);
  const reserved = consumerFunction?.reservedConcurrency ?? null;
  // More at once than the mapping has batches never run.
  if (consumerFunction !== null && reserved !== null && reserved < lanes && use.consumer !== null)
    ceilings.push({
      limit: "consumer-concurrency",
      subject: `function ${consumerFunction.name}`,
      eventsPerSecond: round((reserved * 1000) / use.consumer.durationMs / use.consumer.invocationsPerEvent),
      evidence: [`${reserved} at once, ${round(use.consumer.durationMs)} ms each, for ${lanes} batches at once`],
    });
  return ceilings;
}

function apiCeiling({ api }: StackSize, { requestsPerEvent }: Consumption): Ceiling[] {
  if (api === null || api.requestsPerSecond === null) return [];
  return [
    {
      limit: "api-throttle",
      subject: `API ${api.name}`,
      eventsPerSecond: round(api.requestsPerSecond / requestsPerEvent),
      evidence: [`its stage allows ${api.requestsPerSecond} requests/s, ${round(1 / requestsPerEvent)} events in each`],
    },
  ];
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
