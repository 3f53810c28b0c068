import type { Figures } from "../bench.ts";
import { buildWhereStale } from "../build-where-stale.ts";
import { bootLoadedTwin, type LoadedTwin, type Stretch } from "./loaded-twin.ts";

/** What a rate must keep up for. */
const STEP_MS = 10_000;
/**
 * A twin that keeps up has all events in the table so soon after the last one was due: the mapping reads each shard four
 * times a second, and the metric that counts them shows five times a second. A backlog that grew shows as more.
 */
const KEPT_UP_WITHIN_MS = 1_500;
/** No step begins later: the whole bench ends within two minutes. */
const LAST_STEP_STARTS_MS = 90_000;
/** Code runs slowly until it is compiled, the twin's and the handlers': a few thousand events bring it there. */
const WARM_UP = { eventsPerSecond: 500, durationMs: 12_000 };
const BATCHES_WARM_UP = { eventsPerSecond: 1_500, durationMs: 5_000 };
/** Rates are sought in steps of this factor from the first one on: upwards while they hold, else downwards until one does. */
const STEP_FACTOR = 1.25;

/**
 * How many events a second the twin carries through load balancer → function → stream → function → table beside the
 * sender: open loop, every event acked and in the table, in time. With one event for each request, and with ten.
 */
export async function twin(): Promise<Figures> {
  await buildWhereStale();
  const startedMs = performance.now();
  const loaded = await bootLoadedTwin();
  try {
    const mayStep = (untilMs: number) => performance.now() - startedMs < untilMs;
    await loaded.load(WARM_UP.eventsPerSecond, WARM_UP.durationMs, 1);
    const single = await highestHeld(loaded, 1, 1_000, () => mayStep(LAST_STEP_STARTS_MS / 2));
    await loaded.load(BATCHES_WARM_UP.eventsPerSecond, BATCHES_WARM_UP.durationMs, 10);
    const batches = await highestHeld(loaded, 10, 2_500, () => mayStep(LAST_STEP_STARTS_MS));
    return {
      singleEventsPerSecond: single?.eventsPerSecond ?? 0,
      singleTwinCpuMsPerEvent: perEvent(single, "twinCpuMs"),
      singleSenderCpuMsPerEvent: perEvent(single, "senderCpuMs"),
      batchedEventsPerSecond: batches?.eventsPerSecond ?? 0,
      batchedTwinCpuMsPerEvent: perEvent(batches, "twinCpuMs"),
      batchedSenderCpuMsPerEvent: perEvent(batches, "senderCpuMs"),
    };
  } finally {
    await loaded.close();
  }
}

/** The highest of the rates that were tried and held; undefined where none did. */
async function highestHeld(
  loaded: LoadedTwin,
  eventsPerRequest: 1 | 10,
  firstEventsPerSecond: number,
  mayStep: () => boolean,
): Promise<Stretch | undefined> {
  let highest: Stretch | undefined;
  let eventsPerSecond = firstEventsPerSecond;
  for (let step = 0; step === 0 || mayStep(); step += 1) {
    const stretch = await loaded.load(eventsPerSecond, STEP_MS, eventsPerRequest);
    const held = stretch.notAcked === 0 && stretch.allWritten && stretch.behindMs <= KEPT_UP_WITHIN_MS;
    process.stderr.write(`${describe(stretch, eventsPerRequest)}: ${held ? "held" : "not held"}\n`);
    if (held) highest = stretch;
    const isDecided = held ? eventsPerSecond < firstEventsPerSecond : highest !== undefined;
    if (isDecided) break;
    eventsPerSecond = Math.round(held ? eventsPerSecond * STEP_FACTOR : eventsPerSecond / STEP_FACTOR);
  }
  return highest;
}

function describe(stretch: Stretch, eventsPerRequest: number): string {
  const { eventsPerSecond, notAcked, behindMs, answers } = stretch;
  const cpu = `twin ${perEvent(stretch, "twinCpuMs")} and sender ${perEvent(stretch, "senderCpuMs")} ms of CPU an event`;
  const left = `${notAcked} not acked (answers: ${JSON.stringify(answers)}), ${behindMs} ms behind`;
  return `${eventsPerSecond} events/s, ${eventsPerRequest} in a request: ${left}, ${cpu}`;
}

function perEvent(
  stretch: Pick<Stretch, "sent" | "twinCpuMs" | "senderCpuMs"> | undefined,
  of: "twinCpuMs" | "senderCpuMs",
): number {
  return stretch === undefined ? Number.NaN : Number((stretch[of] / stretch.sent).toFixed(3));
}
