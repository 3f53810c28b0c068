import type { RunTools } from "../model/ports.ts";

/** Runs one part of a scenario. What it throws is a defect of ours and becomes a fact, so that the verdict says unknown and why. */
export async function guarded<T>(
  tools: Pick<RunTools, "journal" | "clock">,
  scenario: string,
  part: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    crashed(tools, scenario, part, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return undefined;
  }
}

/** Journals that a part of a scenario failed by a defect of ours. */
export function crashed(
  { journal, clock }: Pick<RunTools, "journal" | "clock">,
  scenario: string,
  part: string,
  message: string,
): void {
  journal.append({ fact: "crashed", atMs: clock.nowMs(), scenario, part, message });
}
