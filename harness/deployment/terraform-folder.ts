import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CannotRun } from "../model/errors.ts";
import { type Outputs, readOutputs } from "./outputs.ts";
import { parseJson, readJsonFile } from "./read-json.ts";

const TERRAFORM_TIMEOUT_MS = 60_000;

/** Whether Terraform has applied anything in this folder: a local state, or a configured backend. */
export function hasState(folder: string): boolean {
  const local = join(folder, "terraform.tfstate");
  return (existsSync(local) && statSync(local).size > 0) || existsSync(join(folder, ".terraform", "terraform.tfstate"));
}

/**
 * The outputs of an applied Terraform folder: from its local state file, or, with a remote backend, by
 * `terraform output -json` (the command in `STACKPROOF_TERRAFORM`, else `terraform`).
 */
export function readFolderOutputs(folder: string, terraform: string): Outputs {
  if (!hasState(folder))
    throw new CannotRun({
      code: "deployment.not-applied",
      message: "The Terraform folder has no state: nothing was applied from it",
      place: folder,
      remedy: "Run terraform apply there first, or leave --deployment away to verify the embedded twin.",
    });
  const local = join(folder, "terraform.tfstate");
  if (existsSync(local)) return readOutputs(readJsonFile(local, "state file"), local);
  return readOutputs(parseJson(runOutput(folder, terraform), folder, "output of terraform output -json"), folder);
}

function runOutput(folder: string, terraform: string): string {
  try {
    return execFileSync(terraform, [`-chdir=${folder}`, "output", "-json"], {
      encoding: "utf8",
      timeout: TERRAFORM_TIMEOUT_MS,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    throw new CannotRun({
      code: "deployment.terraform-failed",
      message: `terraform output -json failed: ${firstLine(error)}`,
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
