import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadScenarios } from "../../cli/load-scenarios.ts";
import { readDeployment } from "../../deployment/deployment.ts";
import { packageRoot } from "../../deployment/package-root.ts";
import { bootTwin } from "../../deployment/twin-process.ts";
import type { Fact } from "../../model/fact.ts";
import { createMemoryJournal } from "../../model/testing/memory-journal.ts";
import { systemClock } from "../../run/system-clock.ts";
import { FUNCTIONS, SNAPSHOT } from "../../testing/stackproof.ts";
import { readTwin } from "../read/conformance/testing/read-account.ts";
import { outputsSettingOf } from "../read/state/outputs-setting.ts";
import { readState, write } from "../read/state/read-state.ts";
import { RECORDING, type Recording } from "./recording.ts";

/** When everything was read, and the proof object written, in the recording. */
const ONE_TIME_MS = Date.parse("2026-01-01T00:00:00Z");

/**
 * What a verify run reads of the reference stack: its account, from a twin of the snapshot, and Terraform's state. Two readings of
 * the same snapshot and packages are the same text: times and this machine's folders are taken out.
 */
export async function readHealthyAccount(): Promise<string> {
  const deployment = readDeployment(SNAPSHOT);
  const { scenarios, neededOutputs } = await loadScenarios(deployment, {}, null);
  const twin = await bootTwin({ stateFile: SNAPSHOT, functionsFolder: FUNCTIONS });
  const ofAccount = await readTwin(SNAPSHOT, twin).finally(() => twin.stop());
  const recording: Recording = {
    roles: Object.fromEntries(scenarios.map(({ pipeline, roles }) => [pipeline, roles])),
    account: ofAccount.flatMap(atOneTime).toSorted(bySubject),
    terraform: (await readTerraform(deployment, neededOutputs)).flatMap(atOneTime).toSorted(bySubject),
  };
  return `${JSON.stringify(recording, null, 2).replaceAll(`${packageRoot()}/`, "")}\n`;
}

async function readTerraform(
  { state, outputs, source }: ReturnType<typeof readDeployment>,
  needed: Parameters<typeof outputsSettingOf>[1],
): Promise<readonly Fact[]> {
  const journal = createMemoryJournal();
  const to = { journal, clock: systemClock };
  const nothing = { terraformFolder: undefined, build: undefined, plan: undefined };
  await readState({ ...nothing, ...to, state, zipFolder: FUNCTIONS });
  write(outputsSettingOf(outputs, needed, source), to);
  return journal.facts;
}

/** A recording holds what was read and what does not exist; anything else is no healthy account. */
function atOneTime(fact: Fact): Recording["account"] {
  const atMs = ONE_TIME_MS;
  if (fact.fact === "setting-absent") return [{ ...fact, atMs }];
  if (fact.fact !== "setting") throw new Error(`the reading has a fact ${fact.fact}: ${JSON.stringify(fact)}`);
  const { setting } = fact;
  return [
    { ...fact, atMs, setting: setting.kind === "object" ? { ...setting, lastModifiedMs: ONE_TIME_MS } : setting },
  ];
}

function bySubject(one: Recording["account"][number], other: Recording["account"][number]): number {
  const [left, right] = [one, other].map((fact) => {
    const kind = fact.fact === "setting" ? fact.setting.kind : fact.kind;
    return `${kind} ${fact.subject}`;
  });
  return (left ?? "") < (right ?? "") ? -1 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(RECORDING, await readHealthyAccount());
  process.stderr.write(`written: ${RECORDING}\n`);
}
