import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bootTwin, type RunningTwin } from "../deployment/twin-process.ts";
import { FUNCTIONS, runNode, SNAPSHOT, temporaryFolder } from "../testing/stackproof.ts";
import { setValues, snapshotWith } from "../testing/state.ts";
import { buildCanary } from "./build.mjs";

const folder = temporaryFolder();
beforeAll(async () => {
  const { path } = await buildCanary({ out: join(folder.path, "canary.zip") });
  const files = unzipSync(readFileSync(path));
  expect(Object.keys(files)).toEqual(["index.mjs"]);
  folder.write("index.mjs", Buffer.from(files["index.mjs"] ?? []).toString("utf8"));
  // As Lambda's runtime does: import, call, and tell what was returned or thrown; the return value goes where logs do not.
  folder.write(
    "invoke.mjs",
    `import { handler } from "./index.mjs";
     import { writeFileSync } from "node:fs";
     const context = { getRemainingTimeInMillis: () => Number(process.env.REMAINING_MS) };
     const told = await handler({}, context).catch((error) => ({ thrown: error.message }));
     writeFileSync(process.env.TOLD, JSON.stringify(told));`,
  );
});
afterAll(() => folder.remove());

const metrics = z.looseObject({ Success: z.number(), Failure: z.number(), Unknown: z.number(), Stack: z.string() });

/** Calls the zipped handler in a process that has nothing of this checkout but its environment. */
async function invoke(name: string, env: Readonly<Record<string, string>>) {
  const temporary = join(folder.path, name);
  mkdirSync(temporary);
  const told = join(folder.path, `${name}.json`);
  const { exitCode, stdout, stderr } = await runNode([join(folder.path, "invoke.mjs")], {
    env: { PATH: process.env["PATH"], TMPDIR: temporary, TOLD: told, REMAINING_MS: "60000", ...env },
    timeoutMs: 100_000,
  });
  expect(exitCode, stderr).toBe(0);
  return {
    line: metrics.parse(JSON.parse(stdout)),
    told: z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(told, "utf8"))),
    stderr,
    left: readdirSync(temporary),
  };
}

function environmentOf(twin: RunningTwin, stateFile: string): Record<string, string> {
  const state = z.object({ values: z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })) }) });
  const { outputs } = state.parse(JSON.parse(readFileSync(stateFile, "utf8"))).values;
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return {
    ...twin.env,
    STACKPROOF_OUTPUTS: JSON.stringify(Object.fromEntries(values)),
    STACKPROOF_STACK: "reference",
    STACKPROOF_CONNECT_TO: JSON.stringify(twin.connectTo),
  };
}

async function onTwinOf(stateFile: string, during: (env: Record<string, string>) => Promise<void>): Promise<void> {
  const twin = await bootTwin({ stateFile, functionsFolder: FUNCTIONS });
  try {
    await during(environmentOf(twin, stateFile));
  } finally {
    await twin.stop();
  }
}

describe("the canary as a Lambda function", () => {
  it("passes on a healthy stack, without waiting for metrics, and leaves nothing on its disk", async () => {
    await onTwinOf(SNAPSHOT, async (env) => {
      const { line, told, left, stderr } = await invoke("healthy", env);
      expect(told, stderr).toEqual({ verdict: "pass", runId: expect.any(String), failing: [] });
      expect(line).toMatchObject({ Stack: "reference", Success: 1, Failure: 0, Unknown: 0, RunId: told["runId"] });
      expect(line["SinkLatency"]).toBeGreaterThan(0);
      expect(line["Calls"]).toBeGreaterThan(20);
      expect(line["CostUsd"]).toBeLessThan(0.0012);
      expect(stderr).not.toContain("IncomingRecords");
      expect(left).toEqual([]);
    });
  });

  it("fails with what is broken on a broken one", async () => {
    const state = snapshotWith(setValues("aws_lambda_event_source_mapping", { enabled: false, state: "Disabled" }));
    await onTwinOf(folder.write("broken.json", state), async (env) => {
      const { line, told, stderr } = await invoke("broken", { ...env, STACKPROOF_WAIT_SECONDS: "3" });
      expect(line).toMatchObject({ Success: 0, Failure: 1, Unknown: 0 });
      expect(told).toMatchObject({ verdict: "fail", failing: [expect.stringContaining("stream.no-consumer")] });
      expect(stderr).toContain("stream.no-consumer");
    });
  });

  it("says unknown, and fails the invocation, where it could not run at all", async () => {
    const env = { STACKPROOF_OUTPUTS: '{"region":"us-east-1"}', STACKPROOF_STACK: "reference" };
    const { line, told } = await invoke("without", env);
    expect(line).toMatchObject({ Stack: "reference", Success: 0, Failure: 0, Unknown: 1 });
    expect(told["thrown"]).toContain("alb_url");
  });
});
