import { existsSync, statSync } from "node:fs";
import { CannotRun } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
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
  readonly accountId: string;
  /** What Terraform marks as sensitive: none of it may be written anywhere. */
  readonly secrets: readonly Secret[];
}

/**
 * Reads a deployment from a file (outputs or state) or a Terraform folder.
 * Throws `CannotRun` where there is none, or where neither outputs nor `AWS_REGION` say a region.
 *
 * @param env `AWS_REGION`, where the outputs say no region; `STACKPROOF_TERRAFORM`, the command that shows a folder's state.
 */
export function readDeployment(path: string, env: NodeJS.ProcessEnv = {}): Deployment {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const terraform = env["STACKPROOF_TERRAFORM"] ?? "terraform";
  const { outputs, state, secrets } = isFolder ? readFolder(path, terraform) : readFile(path);
  const arns = [...outputs.values()].filter((value) => typeof value === "string").map(parseArn);
  const region = textOutput(outputs, "region") ?? arns.find((arn) => arn?.region)?.region ?? env["AWS_REGION"];
  if (region === undefined)
    throw new CannotRun({
      code: "deployment.no-region",
      message: "No output says in which region the stack is: there is neither an output named region nor an ARN",
      place: `${path}, outputs`,
      remedy: "Add an output named region, or set AWS_REGION.",
    });
  const accountId = textOutput(outputs, "account_id") ?? arns.find((arn) => arn?.accountId)?.accountId ?? "unknown";
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

function textOutput(outputs: Outputs, name: string): string | undefined {
  const value = outputs.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parseArn(text: string): { region: string; accountId: string } | undefined {
  const match = /^arn:[^:]+:[^:]+:([a-z0-9-]+):([0-9]{12}):/.exec(text);
  const [, region, accountId] = match ?? [];
  return region === undefined || accountId === undefined ? undefined : { region, accountId };
}
