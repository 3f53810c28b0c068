import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageRoot } from "../../harness/deployment/package-root.ts";
import { reportSchema } from "../../harness/model/report.ts";
import { FUNCTIONS, stackproof, temporaryFolder } from "../../harness/testing/stackproof.ts";

const EXAMPLES = join(packageRoot(), "scenarios", "examples");
const TWO_ROUTES = join(EXAMPLES, "two-routes");
const STATE = join(TWO_ROUTES, "state.json");

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const verify = (...args: readonly string[]) => run("verify", ...args);

async function run(...args: readonly string[]) {
  const out = join(folder.path, "reports");
  const { exitCode, stdout, stderr } = await stackproof([...args, "--json", "--out", out]);
  expect(stderr).not.toContain("could not run");
  return { exitCode, report: reportSchema.parse(JSON.parse(stdout)) };
}

const twinOf = (state: string) => [
  ...["--twin", state, "--functions", FUNCTIONS],
  ...["--pipelines", join(TWO_ROUTES, "pipelines.ts")],
];
const verifyTwoRoutes = (state: string, ...more: readonly string[]) => verify(...twinOf(state), ...more);

describe("the example of a stack with two routes", () => {
  it("passes on the twin, with one scenario for each of its pipelines", async () => {
    const { exitCode, report } = await verifyTwoRoutes(STATE);
    expect(report.findings.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["orders-to-table", "pass"],
      ["returns-to-table", "pass"],
    ]);
    expect(report.events).toMatchObject({ intended: 24, arrived: 24, lost: 0, duplicated: 0 });
    expect(exitCode).toBe(0);
  });

  it("passes as a canary too, with one event through each of its pipelines", async () => {
    const { exitCode, report } = await run("canary", ...twinOf(STATE));
    expect(report.scenarios.map(({ name, hops }) => [name, hops.length])).toEqual([
      ["orders-canary", 4],
      ["returns-canary", 4],
    ]);
    expect(report.events).toMatchObject({ intended: 2, arrived: 2 });
    expect(exitCode).toBe(0);
  });

  it("fails in the one route that is cut, also by scenarios of one's own in TypeScript", async () => {
    const returnsMapping = /("event_source_arn":"[^"]*:stream\/shop-prod-returns".*?"state":)"Enabled"/;
    const state = JSON.stringify(JSON.parse(readFileSync(STATE, "utf8"))).replace(
      /"enabled":true(,"event_source_arn":"[^"]*:stream\/shop-prod-returns")/,
      '"enabled":false$1',
    );
    const cut = folder.write("cut.json", state.replace(returnsMapping, '$1"Disabled"'));
    expect(readFileSync(cut, "utf8")).toContain('"Disabled"');
    const own = ["--scenarios", join(TWO_ROUTES, "scenarios.ts")];
    const { exitCode, report } = await verifyTwoRoutes(cut, ...own, "--wait", "3");
    expect(report.scenarios.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["orders-in-a-batch", "pass"],
      ["single-returns", "fail"],
    ]);
    expect(report.findings.filter(({ verdict }) => verdict === "fail").map(({ code }) => code)).toEqual([
      "stream.no-consumer",
    ]);
    expect(exitCode).toBe(1);
  });
});

describe("the example of a scenario in JSON", () => {
  it("is what verify proves when it is named", async () => {
    const { exitCode, report } = await verify("--twin", "--scenarios", join(EXAMPLES, "one-upload.json"));
    expect(report.scenarios.map(({ name }) => name)).toEqual(["one-upload"]);
    expect(report.events).toMatchObject({ intended: 1, arrived: 1 });
    expect(exitCode).toBe(0);
  });
});
