import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyStack, copyStack } from "../../snapshot/apply-stack.ts";
import { checkEndpoint, terraformEnvironment } from "../../snapshot/environment.ts";
import { readState } from "../state/index.ts";
import { createClients } from "./clients.ts";
import { answersTo } from "./question.ts";
import { questionsAbout } from "./questions/index.ts";

/**
 * Applies the stack to the control plane that AWS_ENDPOINT_URL names (loopback alone), asks it every question, and writes
 * state and answers to the file that the command line names: `{ state, answers }`.
 */
async function record(file: string): Promise<void> {
  checkEndpoint(process.env);
  const workFolder = await mkdtemp(join(tmpdir(), "stackproof-conformance-"));
  try {
    await copyStack(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), workFolder);
    const run = {
      command: process.env["STACKPROOF_TERRAFORM"] ?? "terraform",
      folder: workFolder,
      environment: terraformEnvironment(process.env, join(workFolder, ".terraform")),
    };
    const state = await applyStack(run, (line) => void process.stderr.write(`${line}\n`));
    await writeFile(file, JSON.stringify({ state, answers: await ask(JSON.stringify(state)) }));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function ask(stateText: string): Promise<Record<string, unknown>> {
  const read = readState(stateText, "terraform show -json");
  if (read.kind === "error") throw new Error(`${read.error.place}: ${read.error.message}`);
  const clients = createClients({
    endpoint: process.env["AWS_ENDPOINT_URL"] ?? "",
    region: read.value.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    return await answersTo(questionsAbout(read.value), clients);
  } finally {
    clients.destroy();
  }
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: record.ts FILE\n");
  process.exitCode = 64;
} else {
  await record(file);
}
