import type { LoadSecond } from "../../model/load-fact.ts";
import { decodeSet } from "../../model/sequence-set.ts";
import { planPhases } from "../../plan/load-phases.ts";
import { startBenchSender } from "../bench-sender.ts";
import type { Contest, Effort } from "./contest.ts";

/** Time from the plan to its first request. */
const LEAD_MS = 50;

/** Our sender with one thread: tagged, open loop, every event in the ledger. The facts of each second are made and kept. */
export async function loadWithOurs(
  { url, warmUpMs, durationMs, connections, requestsPerSecond }: Contest,
  measured: (work: () => Promise<number>) => Promise<Effort>,
): Promise<Effort> {
  const seconds: LoadSecond[] = [];
  const sender = await startBenchSender(
    {
      url,
      body: '{"id":"{tag}","source":"stackproof"}',
      workers: 1,
      maxConnections: connections * 8,
      requestMs: 10_000,
    },
    (second) => {
      seconds.push(second);
    },
  );
  let next = 0;
  const run = async (milliseconds: number) => {
    const first = next;
    const phases = planPhases(
      { kind: "steady", eventsPerSecond: requestsPerSecond, durationMs: milliseconds },
      { startMs: Date.now() + LEAD_MS, eventsPerRequest: 1, firstPhase: 0, firstRequest: first },
    );
    for (const phase of phases) {
      sender.send(phase);
      next += phase.requestCount;
    }
    await sender.drained();
    return seconds.splice(0).reduce((sum, { acked }) => sum + decodeSet(acked).count, 0);
  };
  await run(warmUpMs);
  const effort = await measured(() => run(durationMs));
  await sender.stop();
  return effort;
}
