import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CannotRun } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { type Outputs, readOutputs } from "./outputs.ts";
import { parseJson, readJsonFile } from "./read-json.ts";
import { sensitiveValuesIn } from "./sensitive-values.ts";

const TERRAFORM_TIMEOUT_MS = 60_000;
const LARGEST_STATE_BYTES = 256 * 1024 * 1024;

/** Whether Terraform has applied anything in this folder: a local state, or a configured backend. */
export function hasState(folder: string): boolean {
  const local = join(folder, "terraform.tfstate");
  return (existsSync(local) && statSync(local).size > 0) || existsSync(join(folder, ".terraform", "terraform.tfstate"));
}

/** What is known of an applied folder. */
export interface DeployedState {
  readonly outputs: Outputs;
  /** JSON of the state, where it could be read. */
  readonly state: unknown;
  /** What it marks as sensitive. */
  readonly secrets: readonly Secret[];
}

/**
 * The outputs and the state of an applied Terraform folder: from its local state file, or, with a remote backend, by
 * `terraform show -json` (the command in `STACKPROOF_TERRAFORM`, else `terraform`).
 */
export function readFolder(folder: string, terraform: string): DeployedState {
  if (!hasState(folder))
    throw new CannotRun({
      code: "deployment.not-applied",
      message: "The Terraform folder has no state: nothing was applied from it",
      place: folder,
      remedy: "Run terraform apply there first, or leave --deployment away to verify the embedded twin.",
    });
  const local = join(folder, "terraform.tfstate");
  const state = existsSync(local)
    ? readJsonFile(local, "state file")
    : parseJson(runShow(folder, terraform), folder, "output of terraform show -json");
  return {
    outputs: readOutputs(state, existsSync(local) ? local : folder),
    state,
    secrets: sensitiveValuesIn(state),
  };
}

function runShow(folder: string, terraform: string): string {
  try {
    return execFileSync(terraform, [`-chdir=${folder}`, "show", "-json"], {
      encoding: "utf8",
      timeout: TERRAFORM_TIMEOUT_MS,
      maxBuffer: LARGEST_STATE_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw new CannotRun({
      code: "deployment.terraform-failed",
      message: `terraform show -json failed: ${firstLine(error)}`,
      place: folder,
      remedy: "Run it there by hand, or save its output to a file and give that file with --deployment.",
    });
  }
}

function firstLine(error: unknown): string {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const text = stderr.trim() === "" ? String(error) : stderr;
  return text.split("\n").find((line) => /\w/.test(line)) ?? "no message";
}
