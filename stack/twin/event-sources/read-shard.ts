import { functionNameOf } from "../model/function-name.ts";
import type { Principal, StreamRecord } from "../model/ports.ts";
import type { ShardContext } from "./shard-context.ts";

/** Kinesis' own bound on a read. */
const MAX_RECORDS_PER_READ = 10_000;
/** Wait after a read that was denied, throttled or found no stream. */
const TROUBLE_WAIT_MS = 1_000;
/** The mapping asks again after this time even if nothing announced a record. */
const IDLE_WAIT_MS = 60_000;

/** What becomes of one record: it goes on after a planted delay, and with it all that come behind it. */
export interface Passage {
  readonly delayMs: number;
  deliver(): void;
}

/**
 * Reads a shard as the function's role until aborted: at once when a record comes after a pause, and at the read interval while they
 * keep coming. `passOn` says what becomes of a record;
 * `roomAvailable` holds reading back while too much is waiting.
 */
export async function readShard(
  { config, shardId, ports: { clock, reader }, options, events, signal }: ShardContext,
  startPosition: string,
  passOn: (record: StreamRecord) => Passage,
  roomAvailable: () => Promise<void>,
): Promise<void> {
  const { streamArn } = config;
  const role: Principal = {
    kind: "role",
    roleArn: config.functionRoleArn,
    sessionName: functionNameOf(config.functionArn),
  };
  let position = startPosition;
  while (!signal.aborted) {
    await roomAvailable();
    const readMs = clock.nowMs();
    const read = reader.read(streamArn, shardId, position, MAX_RECORDS_PER_READ, role);
    switch (read.kind) {
      case "records":
        position = read.nextPosition;
        for (const record of read.records) {
          const { delayMs, deliver } = passOn(record);
          if (delayMs > 0) await clock.wait(delayMs, signal);
          deliver();
        }
        if (read.records.length === 0) await reader.changed(streamArn, shardId, position, IDLE_WAIT_MS, signal);
        await clock.wait(Math.max(0, readMs + options.readIntervalMs - clock.nowMs()), signal);
        break;
      case "throttled":
        await clock.wait(TROUBLE_WAIT_MS, signal);
        break;
      case "denied":
        events.result(`PROBLEM: Lambda failed to read the stream with the function's role. ${read.reason}`);
        await clock.wait(TROUBLE_WAIT_MS, signal);
        break;
      case "not-found":
        events.result(`PROBLEM: Stream not found: ${streamArn}`);
        await clock.wait(TROUBLE_WAIT_MS, signal);
        break;
      default:
        read satisfies never;
    }
  }
}
