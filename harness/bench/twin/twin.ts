import buildOnce from "../../testing/build-once.ts";
import type { Figures } from "../bench.ts";
import { bareCall } from "./bare-call.ts";
import { bootLoadedTwin, type EvenLoad, type LoadedTwin, type Stretch } from "./loaded-twin.ts";

/** What a rate must keep up for … */
const STEP_MS = 10_000;
/** … after it has risen from its half: a jump would have the sender open many connections at once. */
const RISE_MS = 4_000;
/**
 * A twin that keeps up has all events in the table so soon after the last one was due: the mapping reads each shard four
 * times a second, and the metric that counts them shows five times a second. A backlog that grew shows as more.
 */
const KEPT_UP_WITHIN_MS = 1_500;
/** No step begins so long after the warm-up of its kind. */
const STEPS_MS = 40_000;
/**
 * Code runs slowly until it is compiled, the twin's and the handlers': an SDK call costs half as much after some 8,000 of them in each
 * thread. The rate rises with what the twin can do, so that no backlog is made which says nothing of the warm twin.
 */
const WARM_UP = { kind: "ramp", fromEventsPerSecond: 200, toEventsPerSecond: 1_000, durationMs: 70_000 } as const;
const BATCHES_WARM_UP = { kind: "steady", eventsPerSecond: 1_500, durationMs: 10_000 } as const;
/** Rates are sought in steps of this factor from the first one on: upwards while they hold, else downwards until one does. */
const STEP_FACTOR = 1.25;

/**
 * How many events a second the twin carries through load balancer → function → stream → function → table beside the
 * sender: open loop, every event acked and in the table, in time. With one event for each request, and with ten. What a bare SDK call
 * takes is measured in the same run, to tell a slow machine from a slow twin.
 */
export async function twin(): Promise<Figures> {
  buildOnce();
  const bare = await bareCall();
  const loaded = await bootLoadedTwin();
  try {
    await loaded.load([WARM_UP], 1);
    const single = await highestHeld(loaded, 1, 1_000);
    await loaded.load([BATCHES_WARM_UP], 10);
    const batches = await highestHeld(loaded, 10, 2_500);
    const inBareCalls = perEvent(single?.stretch, "twinCpuMs") / bare.coldCpuMs;
    return {
      bareCallCpuMs: Number(bare.hotCpuMs.toFixed(3)),
      bareCallAfterPauseCpuMs: Number(bare.coldCpuMs.toFixed(3)),
      singleTwinCpuInBareCallsAfterPause: Number(inBareCalls.toFixed(2)),
      singleEventsPerSecond: single?.eventsPerSecond ?? 0,
      singleTwinCpuMsPerEvent: perEvent(single?.stretch, "twinCpuMs"),
      singleSenderCpuMsPerEvent: perEvent(single?.stretch, "senderCpuMs"),
      batchedEventsPerSecond: batches?.eventsPerSecond ?? 0,
      batchedTwinCpuMsPerEvent: perEvent(batches?.stretch, "twinCpuMs"),
      batchedSenderCpuMsPerEvent: perEvent(batches?.stretch, "senderCpuMs"),
    };
  } finally {
    await loaded.close();
  }
}

interface Held {
  readonly eventsPerSecond: number;
  readonly stretch: Stretch;
}

/** The highest of the rates that were tried and held; undefined where none did. */
async function highestHeld(
  loaded: LoadedTwin,
  eventsPerRequest: 1 | 10,
  firstEventsPerSecond: number,
): Promise<Held | undefined> {
  const startedMs = performance.now();
  let highest: Held | undefined;
  let eventsPerSecond = firstEventsPerSecond;
  for (let step = 0; step === 0 || performance.now() - startedMs < STEPS_MS; step += 1) {
    const stretch = await loaded.load(risingTo(eventsPerSecond), eventsPerRequest);
    const held = stretch.notAcked === 0 && stretch.allWritten && stretch.behindMs <= KEPT_UP_WITHIN_MS;
    process.stderr.write(
      `${describe({ eventsPerSecond, stretch }, eventsPerRequest)}: ${held ? "held" : "not held"}\n`,
    );
    if (held) highest = { eventsPerSecond, stretch };
    const isDecided = held ? eventsPerSecond < firstEventsPerSecond : highest !== undefined;
    if (isDecided) break;
    eventsPerSecond = Math.round(held ? eventsPerSecond * STEP_FACTOR : eventsPerSecond / STEP_FACTOR);
  }
  return highest;
}

function risingTo(eventsPerSecond: number): readonly EvenLoad[] {
  return [
    { kind: "ramp", fromEventsPerSecond: eventsPerSecond / 2, toEventsPerSecond: eventsPerSecond, durationMs: RISE_MS },
    { kind: "steady", eventsPerSecond, durationMs: STEP_MS },
  ];
}

function describe({ eventsPerSecond, stretch }: Held, eventsPerRequest: number): string {
  const { notAcked, behindMs, answers } = stretch;
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
