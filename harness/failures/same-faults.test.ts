import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadScenarios } from "../cli/load-scenarios.ts";
import { createClients } from "../deployment/clients.ts";
import { readDeployment } from "../deployment/deployment.ts";
import { bootTwin, clientOptionsOf } from "../deployment/twin-process.ts";
import { createMemoryJournal } from "../model/testing/memory-journal.ts";
import { runScenarios } from "../run/run-scenarios.ts";
import { systemClock } from "../run/system-clock.ts";
import { TWIN_DELAYS } from "../run/twin-delays.ts";
import { FUNCTIONS, SNAPSHOT, temporaryFolder } from "../testing/stackproof.ts";

/** Hops whose passages are events: what else passes, such as reads and batches, depends on when things happen. */
const HOPS = ["alb", "api-gateway", "stream", "mapping", "table", "s3-notification", "lambda-async"] as const;
const RUN_ID = "20261122t000000same01";
const { delays, longestWaitMs } = TWIN_DELAYS.quick;

const statusSchema = z.object({
  faults: z.object({
    seed: z.number(),
    done: z.array(z.object({ hop: z.string(), kind: z.string(), count: z.number(), passages: z.array(z.string()) })),
  }),
});

/**
 * The twin's ledger after every scenario of verify has run under delays that a seed draws: how often each was done, and to what.
 * The run's id is given and not drawn, because it is part of each event, and what is drawn depends on the event.
 */
async function ledgerOf(seed: number) {
  const folder = temporaryFolder();
  const faults = HOPS.map((hop) => ({ hop, kind: "delay", rate: 0.5, delayMs: [0, 300] }));
  const faultsFile = folder.write("faults.json", JSON.stringify({ seed, faults }));
  const deployment = readDeployment(SNAPSHOT);
  const { scenarios } = await loadScenarios(deployment, {}, longestWaitMs);
  const twin = await bootTwin({ stateFile: SNAPSHOT, functionsFolder: FUNCTIONS, faultsFile, ...delays });
  const options = clientOptionsOf(twin);
  const clients = createClients(options);
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const journal = createMemoryJournal();
  try {
    await runScenarios({
      runId: RUN_ID,
      scenarios,
      clients,
      connectTo: twin.connectTo,
      journal,
      clock: systemClock,
      random: Math.random,
      signal,
      graceMs: 0,
      onReady: () => {},
      onScenarioEnd: () => {},
    });
    expect(journal.of("wait-ended").filter(({ ending }) => ending.kind !== "satisfied")).toEqual([]);
    const { done, seed: planted } = statusSchema.parse(
      await (await fetch(`${options.endpoint}/_twin/status`)).json(),
    ).faults;
    expect(planted).toBe(seed);
    const lines = done.map((line) => ({ ...line, passages: line.passages.toSorted() }));
    return lines.toSorted((left, right) => (left.hop < right.hop ? -1 : 1));
  } finally {
    clients.close();
    await twin.stop();
    folder.remove();
  }
}

describe("a fault file's seed", () => {
  it("does the same to the same events, run after run, and other things with another seed", async () => {
    const [first, again, other] = await Promise.all([ledgerOf(7), ledgerOf(7), ledgerOf(8)]);
    expect(first.map(({ hop }) => hop.split(":")[0]).sort()).toEqual(expect.arrayContaining([...HOPS].sort()));
    expect(first.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(20);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});
