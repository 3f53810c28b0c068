import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClients } from "../../deployment/clients.ts";
import { bootTwin, clientOptionsOf } from "../../deployment/twin-process.ts";
import type { Fact, RunStarted } from "../../model/fact.ts";
import type { LoadSpec } from "../../model/load.ts";
import type { ResolvedLoad } from "../../pipelines/resolve-loads.ts";
import { applySizing } from "../../sizing/apply-sizing.ts";
import { TWIN_DELAYS } from "../twin-delays.ts";
import type { LoadRunTools } from "./load-run.ts";
import { type RecommendedValues, recommendedValues } from "./recommended-values.ts";
import { runLoad } from "./run-load.ts";

/** Long enough that a table's or a bucket's saved-up second does not carry it. */
const PROOF_MS = 20_000;
/** Beyond this the twin is held back by the machine that it runs on, and would prove nothing of the values. */
const MOST_PROVABLE_EVENTS_PER_SECOND = 600;

/** How a twin with the recommended values is booted. */
export interface ProofOptions {
  readonly functionsFolder: string;
  readonly limitsFile: string | undefined;
  readonly twinDelays: keyof typeof TWIN_DELAYS;
}

/** What was run so far. */
export interface RunSoFar {
  readonly started: RunStarted;
  readonly facts: readonly Fact[];
  readonly loads: readonly ResolvedLoad[];
  /** Terraform's, as JSON. */
  readonly state: unknown;
}

/** Tries every recommendation on its own twin. */
export async function proveRecommendations(run: RunSoFar, options: ProofOptions, tools: LoadRunTools): Promise<void> {
  for (const recommended of recommendedValues(run.started, run.facts)) {
    const { scenario, targetEventsPerSecond } = recommended;
    const spec = run.loads.find((load) => load.scenario.name === scenario.name)?.spec;
    if (tools.signal.aborted || spec === undefined) return;
    if (targetEventsPerSecond > MOST_PROVABLE_EVENTS_PER_SECOND) {
      tools.note(`${scenario.name}: ${targetEventsPerSecond} events/s are more than a twin on this machine can prove.`);
      continue;
    }
    tools.note(`${scenario.name}: trying ${targetEventsPerSecond} events/s on a twin with the recommended values.`);
    await proveOnTwin(run, spec, recommended, options, tools);
  }
}

/** Boots a twin of the stack with the recommended values set, and runs the target rate on it. */
async function proveOnTwin(
  { started, facts, state }: RunSoFar,
  spec: LoadSpec,
  { scenario, values, targetEventsPerSecond: eventsPerSecond, next }: RecommendedValues,
  { functionsFolder, limitsFile, twinDelays }: ProofOptions,
  tools: LoadRunTools,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stackproof-sized-"));
  const stateFile = join(folder, "state.json");
  writeFileSync(stateFile, JSON.stringify(applySizing(state, scenario.roles, values)));
  try {
    const twin = await bootTwin({ stateFile, functionsFolder, limitsFile, ...TWIN_DELAYS[twinDelays].delays });
    const clients = createClients(clientOptionsOf(twin));
    try {
      const profile = { kind: "steady", eventsPerSecond, durationMs: PROOF_MS } as const;
      const run = { started, facts, scenario, spec: { ...spec, profile }, first: next };
      await runLoad({ ...run, purpose: "proof" }, { ...tools, clients, connectTo: twin.connectTo });
    } finally {
      clients.close();
      await twin.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
