import { cp } from "node:fs/promises";
import { join } from "node:path";
import { SnapshotError } from "./errors.ts";
import { configurationFiles } from "./sources.ts";
import { type TerraformRun, terraform } from "./terraform.ts";
import { type State, stateSchema } from "./terraform-json.ts";

const MINUTE_MS = 60_000;

/** Copies what terraform reads, and the built zips, to `workFolder`: no state or lock file ever lands in the repo. */
export async function copyStack(stackFolder: string, workFolder: string): Promise<void> {
  for (const path of await configurationFiles(stackFolder)) await cp(join(stackFolder, path), join(workFolder, path));
  try {
    await cp(join(stackFolder, "dist"), join(workFolder, "dist"), { recursive: true });
  } catch (error) {
    throw new SnapshotError(`the functions are not built: ${String(error)}`, "stack/dist", "npm run build");
  }
}

/** Applies the stack in the run's folder twice, and gives the state: the second settles what the first could not, such as a stream's tags. */
export async function applyStack(run: TerraformRun, say: (line: string) => void): Promise<State> {
  const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
  const steps: readonly (readonly [args: readonly string[], timeoutMs: number])[] = [
    [["init", "-input=false", "-no-color"], 3 * MINUTE_MS],
    [apply, 5 * MINUTE_MS],
    [apply, 3 * MINUTE_MS],
  ];
  for (const [args, timeoutMs] of steps) {
    say(`terraform ${args[0]} …`);
    await terraform(run, args, timeoutMs);
  }
  return stateSchema.parse(JSON.parse(await terraform(run, ["show", "-json"], MINUTE_MS)));
}
