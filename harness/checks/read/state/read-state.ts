import type { Clock, Journal } from "../../../model/ports.ts";
import { STATE_SUBJECT, type StateSetting } from "../../../model/settings/state-setting.ts";
import { reasonsOf } from "../unread.ts";
import { readBuiltPackages } from "./built-packages.ts";
import { type BuildTwice, buildTwice } from "./package-builds.ts";
import { settingsOfResources } from "./state-settings.ts";
import { type PlanRun, planChanges } from "./terraform-plan.ts";
import { resourcesOf } from "./terraform-resources.ts";

export interface ReadStateInput {
  /** JSON of a state (`terraform show -json`, or a `terraform.tfstate`); undefined where only outputs were given. */
  readonly state: unknown;
  /** Folder that the state's relative file names start from; undefined where there is none. */
  readonly terraformFolder: string | undefined;
  /** Folder of built zips, where one was named. */
  readonly zipFolder: string | undefined;
  /** How to build, where that is known. */
  readonly build: BuildTwice | undefined;
  /** How to plan, where there is an initialised folder and terraform. */
  readonly plan: PlanRun | undefined;
  readonly journal: Journal;
  readonly clock: Clock;
}

/**
 * Reads what Terraform's state, folder and build say, and journals it. What was not given is not read, and so is unknown to the
 * rules; what could not be read becomes `setting-unread`. Never throws for what it reads.
 */
export async function readState(input: ReadStateInput): Promise<void> {
  const { state, terraformFolder, zipFolder, build, plan } = input;
  const resources = state === undefined ? undefined : resourcesOf(state);
  const settings = resources === undefined ? [] : settingsOfResources(resources);
  for (const setting of settings) write(setting, input);
  const functions = settings.flatMap((setting) => (setting.kind === "state-functions" ? setting.functions : []));
  await Promise.all([
    functions.length === 0
      ? undefined
      : guarded("built-packages", input, () => readBuiltPackages(functions, terraformFolder, zipFolder)),
    build === undefined ? undefined : guarded("package-builds", input, () => buildTwice(build)),
    plan === undefined ? undefined : guarded("terraform-plan", input, () => planChanges(plan)),
  ]);
}

async function guarded(
  kind: StateSetting["kind"],
  input: ReadStateInput,
  read: () => Promise<StateSetting>,
): Promise<void> {
  try {
    write(await read(), input);
  } catch (error) {
    const { clock, journal } = input;
    for (const reason of reasonsOf(error, kind))
      journal.append({ fact: "setting-unread", atMs: clock.nowMs(), kind, subject: STATE_SUBJECT, error: reason });
  }
}

/** Journals a setting that comes from Terraform. */
export function write(setting: StateSetting, { journal, clock }: Pick<ReadStateInput, "journal" | "clock">): void {
  journal.append({ fact: "setting", atMs: clock.nowMs(), subject: STATE_SUBJECT, setting });
}
