import { namesOfDeployment } from "../checks/read/known-values.ts";
import { readSettings } from "../checks/read/read-settings.ts";
import type { ReadClients } from "../checks/read/reader.ts";
import { type NeededOutput, outputsSettingOf } from "../checks/read/state/outputs-setting.ts";
import { type ReadStateInput, readState, write } from "../checks/read/state/read-state.ts";
import type { RunTools } from "../model/ports.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Place } from "../model/settings/place.ts";
import { createServiceCall } from "./service-call.ts";

/** What Terraform knows, for the rules that the account alone cannot answer. */
export interface TerraformSide extends Omit<ReadStateInput, "journal" | "clock"> {
  readonly outputs: ReadonlyMap<string, unknown>;
  readonly neededOutputs: readonly NeededOutput[];
  /** The deployment as the user named it. */
  readonly source: string;
}

export interface ReadChecksInput extends RunTools {
  readonly scenarios: readonly Scenario[];
  readonly place: Place;
  readonly terraform: TerraformSide;
  readonly clients: ReadClients;
  /** How long the run waits for anything at the most; null where only the scenarios say. */
  readonly longestWaitMs: number | null;
}

/** Reading settings never holds a run up for longer than this, and is never cut off before that: what is not read by then is unknown. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 10_000;

/** Reads every setting behind the scenarios into the journal, from the account and from Terraform, side by side. */
export async function readChecks(input: ReadChecksInput): Promise<void> {
  const { scenarios, terraform, clock, journal } = input;
  const roles = scenarios.map((scenario) => scenario.roles);
  const deadlineMs = clock.nowMs() + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, input.longestWaitMs ?? LONGEST_MS));
  write(outputsSettingOf(terraform.outputs, terraform.neededOutputs, terraform.source), { journal, clock });
  await Promise.all([
    readState({ ...terraform, journal, clock }),
    readSettings({
      ...input,
      roles,
      deadlineMs,
      serviceCall: createServiceCall({ ...input, deadlineMs }),
      knownNames: namesOfDeployment(terraform.outputs, roles),
    }),
  ]);
}
