import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClients } from "../../deployment/clients.ts";
import { bootTwin } from "../../deployment/twin-process.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadSpec } from "../../model/load.ts";
import type { LoadRunTools } from "../../run/load/load-run.ts";
import type { RecommendedValues } from "../../run/load/recommended-values.ts";
import { runLoad } from "../../run/load/run-load.ts";
import { type Reached, twinPaths } from "../../run/target.ts";
import { TWIN_DELAYS } from "../../run/twin-delays.ts";
import { applySizing } from "../../sizing/apply-sizing.ts";
import type { LoadOptions } from "./load-options.ts";

/** Long enough that a table's or a bucket's saved-up second does not carry it. */
const PROOF_MS = 20_000;
/** Beyond this the twin is held back by the machine that it runs on, and would prove nothing of the values. */
export const MOST_PROVABLE_EVENTS_PER_SECOND = 600;

export interface Proof {
  readonly started: RunStarted;
  readonly facts: readonly Fact[];
  readonly spec: LoadSpec;
  readonly recommended: RecommendedValues;
}

/** Boots a twin of the stack with the recommended values set, and runs the target rate on it. */
export async function proveOnTwin(
  { started, facts, spec, recommended }: Proof,
  reached: Reached,
  options: LoadOptions,
  tools: LoadRunTools,
): Promise<void> {
  const { scenario, values, targetEventsPerSecond: eventsPerSecond } = recommended;
  const folder = mkdtempSync(join(tmpdir(), "stackproof-sized-"));
  const stateFile = join(folder, "state.json");
  writeFileSync(stateFile, JSON.stringify(applySizing(reached.deployment.state, scenario.roles, values)));
  const { functionsFolder } = twinPaths(options);
  const { delays } = TWIN_DELAYS[options.twinDelays];
  try {
    const twin = await bootTwin({ stateFile, functionsFolder, limitsFile: options.limits, ...delays });
    const {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId = "",
      AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
    } = twin.env;
    const clients = createClients({ region: twin.region, endpoint, credentials: { accessKeyId, secretAccessKey } });
    try {
      const profile = { kind: "steady", eventsPerSecond, durationMs: PROOF_MS } as const;
      const run = { started, facts, scenario, spec: { ...spec, profile }, first: recommended.next };
      await runLoad({ ...run, purpose: "proof" }, { ...tools, clients, connectTo: twin.connectTo });
    } finally {
      clients.close();
      await twin.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
