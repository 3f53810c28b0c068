import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerPlan } from "../plan.ts";

const PROCESSOR = new URL("../processor.cjs", import.meta.url);

/** Runs the processor with a plan in a thread, as Artillery does, and `script` behind it; resolves with what that posts. */
export function inProcessor(plan: WorkerPlan, script: string): Promise<unknown> {
  const file = join(mkdtempSync(join(tmpdir(), "stackproof-processor-")), "processor.cjs");
  writeFileSync(file, `const PLAN = ${JSON.stringify(plan)};\n${readFileSync(PROCESSOR, "utf8")}\n`);
  const code = `const processor = require(${JSON.stringify(file)});
const post = (value) => require("node:worker_threads").parentPort.postMessage(value);
${script}`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, execArgv: [] });
    worker.once("message", (message) => {
      resolve(message);
      void worker.terminate();
    });
    worker.once("error", reject);
  });
}
