import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { temporaryFolder } from "../../../testing/stackproof.ts";
import type { WorkerPlan } from "../plan.ts";

const PROCESSOR = new URL("../processor.cjs", import.meta.url);

/** Runs the processor with a plan in a thread, as Artillery does, and `script` behind it; resolves with what that posts. */
export async function inProcessor(plan: WorkerPlan, script: string): Promise<unknown> {
  const folder = temporaryFolder();
  const file = folder.write(
    "processor.cjs",
    `const PLAN = ${JSON.stringify(plan)};\n${readFileSync(PROCESSOR, "utf8")}\n`,
  );
  const code = `const processor = require(${JSON.stringify(file)});
const post = (value) => require("node:worker_threads").parentPort.postMessage(value);
${script}`;
  const worker = new Worker(code, { eval: true, execArgv: [] });
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  } finally {
    await worker.terminate();
    folder.remove();
  }
}
