import { existsSync, statSync } from "node:fs";
import { CannotRun } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { locate } from "./location.ts";
import { isState, type Outputs, readOutputs } from "./outputs.ts";
import { readJsonFile } from "./read-json.ts";
import { sensitiveValuesIn } from "./sensitive-values.ts";
import { type DeployedState, readFolder } from "./terraform-folder.ts";

/** What Terraform says is deployed. */
export interface Deployment {
  /** The path as the user named it. */
  readonly source: string;
  readonly outputs: Outputs;
  /** JSON of the state, where one was given; undefined where only outputs were. */
  readonly state: unknown;
  /** The Terraform folder, where one was given. */
  readonly folder: string | undefined;
  readonly region: string;
  /** `unknown` where Terraform holds no ARN. */
  readonly accountId: string;
  /** What Terraform marks as sensitive: none of it may be written anywhere. */
  readonly secrets: readonly Secret[];
}

/**
 * Reads a deployment from a file (outputs or state) or a Terraform folder.
 * Throws `CannotRun` where there is none, or where neither outputs, state nor `AWS_REGION` say a region.
 *
 * @param env `AWS_REGION`, where Terraform says no region; `STACKPROOF_TERRAFORM`, the command that shows a folder's state.
 */
export function readDeployment(path: string, env: NodeJS.ProcessEnv = {}): Deployment {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const terraform = env["STACKPROOF_TERRAFORM"] ?? "terraform";
  const { outputs, state, secrets } = isFolder ? readFolder(path, terraform) : readFile(path);
  const { region = env["AWS_REGION"], accountId } = locate(outputs, state);
  if (region === undefined)
    throw new CannotRun({
      code: "deployment.no-region",
      message:
        "Nothing says in which region the stack is: there is neither an output named region nor an ARN in the outputs or the state",
      place: path,
      remedy: "Add an output named region, or set AWS_REGION.",
    });
  return { source: path, outputs, state, folder: isFolder ? path : undefined, region, accountId, secrets };
}

function readFile(path: string): DeployedState {
  const json = readJsonFile(path, "deployment file");
  return {
    outputs: readOutputs(json, path),
    state: isState(json) ? json : undefined,
    secrets: sensitiveValuesIn(json),
  };
}
