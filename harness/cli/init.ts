import { existsSync, writeFileSync } from "node:fs";
import { resourcesOf } from "../checks/read/state/terraform-resources.ts";
import { readDeployment } from "../deployment/deployment.ts";
import { CannotRun, type ExitCode } from "../model/errors.ts";
import { recognise } from "../pipelines/recognise/recognise.ts";
import { renderPipelines } from "../pipelines/recognise/render-pipelines.ts";
import { knownSecrets, learnSecrets } from "../run/known-secrets.ts";

export interface InitOptions {
  readonly out: string;
  readonly force?: true;
}

/**
 * `stackproof init`: reads a Terraform folder or state, and writes a pipelines file with what it recognises.
 *
 * @throws CannotRun where there is no state, nothing is recognised, or the file is there already.
 */
export async function init(path: string, options: InitOptions): Promise<ExitCode> {
  const deployment = readDeployment(path, process.env);
  learnSecrets(deployment.secrets);
  const resources = resourcesOf(deployment.state);
  if (resources === undefined)
    throw new CannotRun({
      code: "init.no-state",
      message: "There are outputs and no state, and only a state shows how the parts hang together",
      place: path,
      remedy: "Name the Terraform folder, or the JSON of terraform show -json.",
    });
  const pipelines = recognise(resources, deployment.outputs);
  if (pipelines.length === 0)
    throw new CannotRun({
      code: "init.nothing-recognised",
      message: `None of the ${resources.length} resources is an entry (load balancer, REST API, bucket notification) whose function leads to a DynamoDB table`,
      place: path,
      remedy: "Write the pipelines file by hand: scenarios/pipelines.ts in the repository is an example.",
    });
  if (existsSync(options.out) && options.force !== true)
    throw new CannotRun({
      code: "init.file-exists",
      message: "The file is there already",
      place: options.out,
      remedy: "Name another with --out, or add --force to write over it.",
    });
  writeFileSync(options.out, knownSecrets.text(renderPipelines(pipelines, path)));
  const found = pipelines.map(
    ({ name, hops, questions }) => `  ${name}: ${hops.length + 1} hops, ${questions.length} questions\n`,
  );
  process.stdout.write(
    `Wrote ${options.out}:\n${found.join("")}Answer the questions in it, then: stackproof verify --deployment ${path} --pipelines ${options.out}\n`,
  );
  return 0;
}
