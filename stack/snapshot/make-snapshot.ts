import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyStack, copyStack } from "./apply-stack.ts";
import { checkEndpoint, terraformEnvironment } from "./environment.ts";
import { SnapshotError } from "./errors.ts";
import { stableIdentifiers } from "./identifiers.ts";
import { type Adopted, settle } from "./settle.ts";
import { hashSources } from "./sources.ts";
import { type TerraformRun, terraform } from "./terraform.ts";
import { planSchema, type State } from "./terraform-json.ts";

const stackFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const snapshotFolder = join(stackFolder, "snapshot");
const MINUTE_MS = 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Applies the stack until it rests and reads back what AWS would hold. */
async function applyAndRead(run: TerraformRun): Promise<{ state: State; adopted: Adopted[] }> {
  const state = await applyStack(run, say);
  say("terraform plan …");
  await terraform(run, ["plan", "-out=plan.bin", "-input=false", "-no-color"], 2 * MINUTE_MS);
  const plan = planSchema.parse(JSON.parse(await terraform(run, ["show", "-json", "plan.bin"], MINUTE_MS)));
  return { adopted: settle(state, plan), state };
}

async function makeSnapshot(environment: NodeJS.ProcessEnv): Promise<void> {
  checkEndpoint(environment);
  const sources = await hashSources(stackFolder);
  const workFolder = await mkdtemp(join(tmpdir(), "stackproof-snapshot-"));
  try {
    await copyStack(stackFolder, workFolder);
    const { state, adopted } = await applyAndRead({
      command: environment["STACKPROOF_TERRAFORM"] ?? "terraform",
      folder: workFolder,
      environment: terraformEnvironment(environment, join(workFolder, ".terraform")),
    });
    for (const { address, attribute } of adopted) say(`taken from the plan: ${address}.${attribute}`);
    const text = `${JSON.stringify(stableIdentifiers(state), null, 2)}\n`;
    if (text.includes(workFolder)) {
      const remedy = "use path.module in the configuration, never an absolute path";
      throw new SnapshotError("the state names the folder that it was made in", "stack/*.tf", remedy);
    }
    await writeFile(join(snapshotFolder, "snapshot.json"), text);
    await writeFile(join(snapshotFolder, "snapshot.sources.json"), `${JSON.stringify(sources, null, 2)}\n`);
    say("written: stack/snapshot/snapshot.json and snapshot.sources.json");
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

try {
  await makeSnapshot(process.env);
} catch (error) {
  if (!(error instanceof SnapshotError)) throw error;
  say(`no snapshot was made: ${error.message}\n  where: ${error.place}\n  what to do: ${error.remedy}`);
  process.exitCode = 3;
}
