import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportSchema } from "../../model/report.ts";
import { FUNCTIONS, stackproof, temporaryFolder } from "../../testing/stackproof.ts";
import { setValues, snapshotWith } from "../../testing/state.ts";

/** CloudWatch Synthetics' price of one run (aws.amazon.com/cloudwatch/pricing). */
const SYNTHETICS_RUN_USD = 0.0012;

let folder: ReturnType<typeof temporaryFolder>;
let out: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder.path, "reports");
});
afterEach(() => folder.remove());

const reportIn = (json: string) => reportSchema.parse(JSON.parse(json));

describe("a canary of the embedded twin", () => {
  it("passes, says what its calls cost, and adds a line to its history", async () => {
    const history = join(folder.path, "history.ndjson");
    const { exitCode, stdout } = await stackproof(["canary", "--twin", "--json", "--history", history, "--out", out]);
    expect(exitCode).toBe(0);
    const { canary, events, run } = reportIn(stdout);
    expect(run.kind).toBe("canary");
    expect(events).toMatchObject({ intended: 3, acked: 3, arrived: 3 });
    expect(canary?.run.calls).toBeGreaterThan(20);
    expect(canary?.run.costUsd).toBeGreaterThan(0);
    expect(canary?.run.costUsd).toBeLessThan(SYNTHETICS_RUN_USD);
    expect(JSON.parse(readFileSync(history, "utf8"))).toEqual(canary?.run);
  });

  it("fails with the cause where the stack is broken", async () => {
    const state = snapshotWith(setValues("aws_lambda_event_source_mapping", { enabled: false, state: "Disabled" }));
    const args = ["--twin", folder.write("state.json", state), "--functions", FUNCTIONS, "--wait", "3"];
    const { exitCode, stdout } = await stackproof(["canary", ...args, "--only", "alb-*", "--json", "--out", out]);
    expect(exitCode).toBe(1);
    const failed = reportIn(stdout).findings.filter(({ verdict }) => verdict === "fail");
    expect(failed.map(({ code }) => code)).toEqual(["stream.no-consumer", "canary.success"]);
  });

  it("fails with the cause where a fault is planted", async () => {
    const fault = { hop: "table", kind: "drop", rate: 1 };
    const faults = folder.write("faults.json", JSON.stringify({ seed: 1, faults: [fault] }));
    const args = ["canary", "--twin", "--faults", faults, "--wait", "3", "--only", "alb-*", "--json", "--out", out];
    const { exitCode, stdout } = await stackproof(args);
    expect(exitCode).toBe(1);
    const lost = reportIn(stdout).findings.find(({ code }) => code === "event.lost");
    expect(lost).toMatchObject({ verdict: "fail", cause: expect.any(String), remedy: { text: expect.any(String) } });
  });

  it("says where a file of acknowledgements is not right", async () => {
    const file = folder.write("known.json", JSON.stringify([{ code: "event.lost", until: "soon", reason: "r" }]));
    const { exitCode, stderr } = await stackproof(["canary", "--twin", "--acknowledge", file, "--out", out]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("known.json");
    expect(stderr).toContain("[0].until");
  });
});
