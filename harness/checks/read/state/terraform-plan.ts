import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { TerraformPlanSetting } from "../../../model/settings/state-setting.ts";
import { unread } from "../unread.ts";
import { describeEnding, runCommand } from "./run-command.ts";

export interface PlanRun {
  /** `terraform`, or the command in STACKPROOF_TERRAFORM. */
  readonly command: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const OPERATION = "terraform plan";
/** developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode */
const NOTHING_TO_CHANGE = 0;
const CHANGES = 2;

/**
 * What Terraform would change now. The plan file, which may hold secrets, lies in a temporary folder and is removed; of the values
 * nothing is kept. Writes nothing to the folder and takes no lock.
 *
 * @throws Unread where terraform is not there, fails (not initialised, a variable without a value, no credentials) or hangs.
 */
export async function planChanges(run: PlanRun): Promise<TerraformPlanSetting> {
  const temporary = await mkdtemp(join(tmpdir(), "stackproof-plan-"));
  try {
    const planFile = join(temporary, "plan");
    const exitCode = await runTerraform(run, [
      "plan",
      "-detailed-exitcode",
      "-input=false",
      "-lock=false",
      "-no-color",
      `-out=${planFile}`,
    ]);
    if (exitCode.code === NOTHING_TO_CHANGE) return { kind: "terraform-plan", folder: run.folder, changes: [] };
    const shown = await runTerraform(run, ["show", "-json", planFile]);
    return { kind: "terraform-plan", folder: run.folder, changes: changesOf(shown.standardOutput) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function runTerraform(
  { command, ...run }: PlanRun,
  args: readonly string[],
): Promise<{ readonly code: number; readonly standardOutput: string }> {
  const environment = { ...run.environment, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
  const ending = await runCommand({
    ...run,
    environment,
    file: command,
    args: [`-chdir=${run.folder}`, ...args],
    folder: ".",
  });
  const succeeds = ending.kind === "ended" && [NOTHING_TO_CHANGE, CHANGES].includes(ending.exitCode);
  if (!succeeds) throw unread("TerraformFailed", describeEnding(ending, run.timeoutMs), OPERATION);
  return { code: ending.exitCode, standardOutput: ending.standardOutput };
}

/** developer.hashicorp.com/terraform/internals/json-format#change-representation */
const plan = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        mode: z.string().default("managed"),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.unknown(),
          after: z.unknown(),
          after_unknown: z.unknown(),
        }),
      }),
    )
    .default([]),
});

/** The changes in the JSON of a plan: addresses, actions and names of attributes. @throws Unread */
export function changesOf(json: string): TerraformPlanSetting["changes"] {
  const parsed = plan.safeParse(parseJson(json));
  if (!parsed.success) throw unread("NoPlan", "terraform show -json printed something else than a plan", OPERATION);
  return parsed.data.resource_changes
    .filter(({ mode, change }) => mode === "managed" && !change.actions.every((action) => action === "no-op"))
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      attributes: differing(toRecord(change.before), toRecord(change.after), toRecord(change.after_unknown)),
    }));
}

function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  unknown: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return [...names]
    .filter((name) => unknown[name] === true || JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  const record = z.record(z.string(), z.unknown()).safeParse(value);
  return record.success ? record.data : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
