import { join } from "node:path";
import { type Clients, createClients } from "../../deployment/clients.ts";
import { bootTwin, clientOptionsOf, type RunningTwin } from "../../deployment/twin-process.ts";
import type { LoadSender } from "../../inject/load/load-sender.ts";
import { decodeSet } from "../../model/sequence-set.ts";
import { type PlannedProfile, type PlanStart, planPhases } from "../../plan/load-phases.ts";
import { FUNCTIONS, temporaryFolder } from "../../testing/stackproof.ts";
import { output, setValues, snapshotWith } from "../../testing/state.ts";
import { startBenchSender } from "../bench-sender.ts";
import { childPid, cpuTimeMs } from "./cpu-time.ts";
import { countWritten } from "./written-events.ts";

/** Load at one rate, or at one that rises or falls evenly. */
export type EvenLoad = Extract<PlannedProfile, { kind: "steady" | "ramp" }>;

/** What one stretch of load came to. */
export interface Stretch {
  readonly sent: number;
  /** Events that were not acked: answered otherwise, not answered, or not sent in time. */
  readonly notAcked: number;
  /** Requests by answer; what was never sent is in none. */
  readonly answers: Readonly<Record<string, number>>;
  /** From the end of the plan until all that was acked is in the table, or until it was given up. */
  readonly behindMs: number;
  readonly allWritten: boolean;
  readonly twinCpuMs: number;
  /** Of this process: the sender, and what it takes to look. */
  readonly senderCpuMs: number;
}

/** The embedded twin with a sender before it. */
export interface LoadedTwin {
  /** One profile right after the other. */
  load(profiles: readonly EvenLoad[], eventsPerRequest: 1 | 10): Promise<Stretch>;
  close(): Promise<void>;
}

/** Large enough that no limit of the stack binds: what is measured is the twin. A shard takes 1,000 events a second. */
const SHARDS = 5;
const WRITE_CAPACITY = 20_000;
/** Short, so that what is written shows soon. */
const METRIC_PERIOD_MS = 200;
const LEAD_MS = 50;
/** What has not come to the table by then, after the end of the plan, is given up. */
const GIVE_UP_MS = 8_000;
/** After a stretch that was too much, the twin works off what it was left with, for so long at most. */
const WORK_OFF_MS = 8_000;
const QUIET_MS = 1_000;
const LOOK_EVERY_MS = 100;

/** Boots the snapshot of stack/ with room in every limit of it. */
export async function bootLoadedTwin(): Promise<LoadedTwin> {
  const folder = temporaryFolder();
  const stateFile = folder.write(
    "state.json",
    snapshotWith(
      setValues("aws_kinesis_stream", { shard_count: SHARDS }),
      setValues("aws_dynamodb_table", { write_capacity: WRITE_CAPACITY }),
    ),
  );
  const twin = await bootTwin({
    stateFile,
    functionsFolder: FUNCTIONS,
    metricPeriodMs: METRIC_PERIOD_MS,
    metricDelayMs: 0,
  });
  const pid = childPid(join("stack", "twin", "dist", "main.mjs"));
  const clients = createClients(clientOptionsOf(twin));
  const single = await createLoader(twin, pid, clients, 1);
  const batches = await createLoader(twin, pid, clients, 10);
  return {
    load: (profiles, eventsPerRequest) => (eventsPerRequest === 1 ? single : batches).load(profiles),
    async close() {
      await Promise.all([single.stop(), batches.stop()]);
      clients.close();
      await twin.stop();

      folder.remove();
    },
  };
}

/** One thread that sends to the load balancer, events of a producer of its own. */
async function createLoader(twin: RunningTwin, pid: number, clients: Clients, eventsPerRequest: 1 | 10) {
  let acked = 0;
  let answers: Record<string, number> = {};
  const sender = await startBenchSender(
    {
      url: `${output("alb_url")}/events`,
      body: '{"id":"{tag}","source":"stackproof"}',
      batchBody: '{"events":"{events}"}',
      connectTo: twin.connectTo,
      producer: `of${eventsPerRequest}`,
      eventsPerRequest,
      workers: 1,
      maxConnections: 1024,
      requestMs: GIVE_UP_MS,
    },
    (second) => {
      acked += decodeSet(second.acked).count;
      for (const [answer, count] of Object.entries(second.answers)) answers[answer] = (answers[answer] ?? 0) + count;
    },
  );
  const written = () => countWritten(clients, output("events_table_name"));
  let nextRequest = 0;
  const load = async (profiles: readonly EvenLoad[]): Promise<Stretch> => {
    const [writtenBefore, ackedBefore] = [await written(), acked];
    const [twinBeforeMs, ownBefore] = [cpuTimeMs(pid), process.cpuUsage()];
    answers = {};
    const startMs = Date.now() + LEAD_MS;
    const { endMs, requests } = send(sender, profiles, { startMs, eventsPerRequest, firstRequest: nextRequest });
    nextRequest += requests;
    await sender.drained();
    const sent = requests * eventsPerRequest;
    const newlyAcked = acked - ackedBefore;
    const allWritten = await untilTrue(async () => (await written()) - writtenBefore >= newlyAcked, endMs + GIVE_UP_MS);
    const behindMs = Date.now() - endMs;
    const own = process.cpuUsage(ownBefore);
    const twinCpuMs = cpuTimeMs(pid) - twinBeforeMs;
    if (!allWritten || newlyAcked < sent) await untilQuiet(written);
    return {
      sent,
      notAcked: sent - newlyAcked,
      answers,
      behindMs,
      allWritten,
      twinCpuMs,
      senderCpuMs: (own.user + own.system) / 1000,
    };
  };
  return { load, stop: () => sender.stop() };
}

/** Gives the sender its plan. Returns when it ends, and the number of requests. */
function send(sender: LoadSender, profiles: readonly EvenLoad[], start: Omit<PlanStart, "firstPhase">) {
  let [startMs, requests] = [start.startMs, 0];
  for (const [firstPhase, profile] of profiles.entries()) {
    const firstRequest = start.firstRequest + requests;
    const phases = planPhases(profile, { ...start, startMs, firstPhase, firstRequest });
    for (const phase of phases) sender.send(phase);
    requests += phases.reduce((sum, { requestCount }) => sum + requestCount, 0);
    startMs += profile.durationMs;
  }
  return { endMs: startMs, requests };
}

/** Waits until nothing more comes to the table. */
async function untilQuiet(count: () => Promise<number>): Promise<void> {
  let counted = await count();
  for (let waitedMs = 0; waitedMs < WORK_OFF_MS; waitedMs += QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const now = await count();
    if (now === counted) return;
    counted = now;
  }
}

/** Whether it came true before `deadlineMs`. */
async function untilTrue(isTrue: () => Promise<boolean>, deadlineMs: number): Promise<boolean> {
  while (!(await isTrue())) {
    if (Date.now() > deadlineMs) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return true;
}
