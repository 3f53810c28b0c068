import { createIdentities } from "../identity/identities.ts";
import type {
  Authorizer,
  Clock,
  FaultPlan,
  Identities,
  KeyUses,
  LogSink,
  MetricSink,
  StreamReader,
  UnimplementedCounter,
} from "../model/ports.ts";
import type { Service } from "../model/service.ts";
import type { ServiceLimits } from "../model/service-limits.ts";
import { createCloudWatch, metricSinkOf } from "../services/cloudwatch/cloudwatch.ts";
import { MetricStore } from "../services/cloudwatch/metric-store.ts";
import { createDynamoDb } from "../services/dynamodb/dynamodb.ts";
import { createKinesis } from "../services/kinesis/kinesis.ts";
import { createStreams } from "../services/kinesis/stream.ts";
import { createLogSink } from "../services/logs/log-sink.ts";
import { LogStore } from "../services/logs/log-store.ts";
import { createLogs } from "../services/logs/logs.ts";
import { createSts } from "../services/sts/sts.ts";
import type { TwinState } from "../state/twin-state.ts";
import { unimplementedCounter } from "../wire/unimplemented.ts";
import type { Authorization } from "./authorization.ts";
import type { TwinOptions } from "./options.ts";

/** What every part of the twin works with: who may, what goes wrong, and where what happened is written down. */
export interface Ports {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  readonly faults: FaultPlan;
  readonly limits: ServiceLimits;
  readonly identities: Identities;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly reader: StreamReader;
  readonly unimplemented: UnimplementedCounter;
}

export interface DataServices {
  readonly ports: Ports;
  readonly services: readonly Service[];
  /** What was given up for want of memory or permission, for the status page. */
  readonly ledger: () => Record<string, unknown>;
}

/** Makes the services that keep data, over the state's streams, tables and log groups. */
export async function createDataServices(
  state: TwinState,
  options: Pick<TwinOptions, "metricPeriodMs" | "metricDelayMs" | "logDelayMs">,
  clock: Clock,
  { authorizer, keys }: Authorization,
  faults: FaultPlan,
  limits: ServiceLimits,
): Promise<DataServices> {
  const identities = createIdentities();
  const unimplemented = unimplementedCounter();
  const { metricPeriodMs: periodMs, metricDelayMs: delayMs, logDelayMs } = options;
  const metricStore = new MetricStore(clock, faults, { periodMs, delayMs });
  const metrics = metricSinkOf(metricStore);
  const logStore = new LogStore(state, state.logGroups, clock, { faults, keys }, logDelayMs);
  const { sink: logs, dropped } = createLogSink(logStore, authorizer);
  const shared = { home: state, clock, authorizer, keys, faults, limits, metrics };
  const streams = createStreams(state.streams, clock.nowMs());
  const kinesis = createKinesis({ ...shared, streams });
  const services = [
    kinesis.service,
    await createDynamoDb(state, shared),
    createCloudWatch(metricStore, clock, authorizer, unimplemented),
    createLogs(logStore, clock, authorizer, unimplemented),
    createSts(authorizer, state.accountId),
  ];
  return {
    ports: {
      clock,
      authorizer,
      keys,
      faults,
      limits,
      identities,
      logs,
      metrics,
      reader: kinesis.reader,
      unimplemented,
    },
    services,
    ledger: () => ({
      logEventsDropped: dropped(),
      logEventsDroppedForMemory: sum([...logStore.groups.values()].map((group) => group.droppedForMemory)),
      metricSamplesRefused: metricStore.refusedSamples,
      recordsTrimmedForMemory: sum(streams.all.flatMap(({ shards }) => shards.map((shard) => shard.trimmedForMemory))),
    }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
