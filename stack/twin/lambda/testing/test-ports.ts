/** Ports that remember what they were told, for the specifications of the parts that use them. */
import { allowEveryKey, allowEverything } from "../../authorization/testing/allow-everything.ts";
import { systemClock } from "../../clock/system-clock.ts";
import type { FaultAction, LogSink, MetricSink, Principal } from "../../model/ports.ts";

type MetricSample = Parameters<MetricSink["add"]>[0];

interface WrittenLog {
  readonly groupName: string;
  readonly streamName: string;
  readonly messages: readonly string[];
  readonly writer: Principal;
}

export function rememberingPorts() {
  const samples: MetricSample[] = [];
  const written: WrittenLog[] = [];
  const logs: LogSink = {
    append: (groupName, streamName, events, writer) => {
      written.push({ groupName, streamName, messages: events.map(({ message }) => message), writer });
    },
    ensureGroup: () => "exists",
  };
  return {
    clock: systemClock,
    authorizer: allowEverything,
    keys: allowEveryKey,
    identities: {
      credentialsOf: (principal: Principal) => ({
        accessKeyId: principal.kind === "role" ? `key of ${principal.sessionName}` : "another key",
        secretAccessKey: "secret",
      }),
      principalOf: () => undefined,
    },
    logs,
    metrics: { add: (sample: MetricSample) => void samples.push(sample) },
    faults: { actionAt: (): FaultAction => ({ kind: "none" }) },
    unimplemented: countingUnimplemented(),
    samples,
    written,
    /** Every message written so far, all groups and streams. */
    messages: () => written.flatMap(({ messages }) => messages),
    /** The sum of a metric over the samples whose dimensions are exactly these. */
    sum: (name: string, dimensions: Readonly<Record<string, string>>) =>
      samples
        .filter((sample) => sample.name === name && sameEntries(sample.dimensions, dimensions))
        .reduce((sum, { value }) => sum + value, 0),
  };
}

function countingUnimplemented() {
  const counted: { service: string; operation: string; count: number }[] = [];
  return {
    count: (service: string, operation: string) => void counted.push({ service, operation, count: 1 }),
    counts: () => counted,
  };
}

function sameEntries(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
  const text = (map: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(map).sort());
  return text(left) === text(right);
}
