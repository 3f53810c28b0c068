import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ARTILLERY_VERSION } from "../../inject/artillery/commands.ts";
import { stackproof, temporaryFolder } from "../../testing/stackproof.ts";

const isAsked = process.env["STACKPROOF_ARTILLERY"] === "1";
const skipped = `skipped: it fetches Artillery ${ARTILLERY_VERSION} (some 430 MB) through npx; STACKPROOF_ARTILLERY=1 runs it`;
if (!isAsked) process.stderr.write(`${skipped}\n`);
const LOAD = ["load", "--twin", "--only", "alb-load", "--engine", "artillery"];

const report = z.object({
  verdict: z.string(),
  events: z.record(z.string(), z.number()),
  findings: z.array(z.object({ code: z.string(), verdict: z.string(), statement: z.string() })),
});

describe.skipIf(!isAsked)(`a load by Artillery${isAsked ? "" : ` (${skipped})`}`, () => {
  it("is accounted for event by event, and its own counters agree", { timeout: 590_000 }, async () => {
    const folder = temporaryFolder();
    const args = [...LOAD, "--workers", "2", "--rate", "5/s", "--duration", "5s", "--json", "--out", folder.path];
    const { stdout, stderr } = await stackproof(args, { timeoutMs: 580_000 });
    const { events, findings } = report.parse(JSON.parse(stdout));
    expect(events, stderr).toMatchObject({ intended: 25, sent: 25, acked: 25, arrived: 25, lost: 0, duplicated: 0 });
    expect(findings.find(({ code }) => code === "load.ledger-mismatch")).toMatchObject({
      verdict: "pass",
      statement: `The counters of artillery ${ARTILLERY_VERSION} agree with the ledger: 25 requests sent.`,
    });
    folder.remove();
  });
});

describe("a load that Artillery is only to be given", () => {
  it("prints the commands of its Fargate runner, one for each container, and runs nothing", async () => {
    const folder = temporaryFolder();
    const args = [...LOAD, "--fargate", "3", "--rate", "20/s", "--duration", "10s", "--dry-run", "--out", folder.path];
    const { exitCode, stdout } = await stackproof(args);
    expect(exitCode).toBe(0);
    const commands = stdout.split("\n").filter((line) => line.startsWith("npx "));
    expect(commands).toEqual(
      [0, 1, 2].map((worker) =>
        expect.stringMatching(
          `^npx --yes artillery@${ARTILLERY_VERSION} run-fargate --count 1 --region us-east-1 .*--output report-${worker}.json test-${worker}.json$`,
        ),
      ),
    );
    expect(stdout).toContain(
      "200 requests to stackproof-dev-alb-1.us-east-1.elb.amazonaws.com, 3 workers. Nothing was run.",
    );
    folder.remove();
  });

  it.each([
    [[...LOAD], "load.engine-cannot-search"],
    [[...LOAD, "--fargate", "2", "--rate", "5/s"], "artillery.fargate-not-possible"],
    [["load", "--twin", "--fargate", "2"], "options.conflict"],
    [["load", "--twin", "--connections", "2"], "options.conflict"],
  ])("refuses %j", async (args, code) => {
    const { exitCode, stderr } = await stackproof(args);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(code);
  });
});
