import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportSchema } from "../model/report.ts";
import { FUNCTIONS, SNAPSHOT, stackproof, temporaryFolder } from "../testing/stackproof.ts";
import { has, setValues, snapshotWith } from "../testing/state.ts";

let folder: ReturnType<typeof temporaryFolder>;
let out: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder.path, "reports");
});
afterEach(() => folder.remove());

const reportIn = (json: string) => reportSchema.parse(JSON.parse(json));

describe("verify of the embedded twin", () => {
  it("passes with every event at every hop, and leaves the files of the run", async () => {
    const { exitCode, stdout, stderr } = await stackproof(["verify", "--twin", "--json", "--out", out]);
    expect(stderr).toContain("this machine, not AWS");
    expect(exitCode).toBe(0);
    const report = reportIn(stdout);
    expect(report.verdict).toBe("pass");
    expect(report.events).toMatchObject({
      intended: 22,
      acked: 22,
      arrived: 22,
      lost: 0,
      duplicated: 0,
      unexpected: 0,
    });
    for (const scenario of report.scenarios)
      for (const hop of scenario.hops) expect({ ...hop, scenario: scenario.name }).toMatchObject({ verdict: "pass" });
    expect(report.scenarios.flatMap(({ hops }) => hops.map(({ name }) => name))).toHaveLength(14);
    expect(readdirSync(join(out, report.run.id)).sort()).toEqual([
      "journal.ndjson",
      "junit.xml",
      "report.html",
      "report.json",
      "report.md",
    ]);
    expect(readlinkSync(join(out, "latest"))).toBe(report.run.id);
    expect(readFileSync(join(out, "latest", "report.json"), "utf8")).toBe(stdout);
  });

  it("is judged the same from its journal alone, with the twin down", async () => {
    const first = await stackproof(["verify", "--twin", "--json", "--out", out]);
    const env = {
      PATH: process.env["PATH"],
      HTTPS_PROXY: "http://127.0.0.1:9",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    };
    const again = await stackproof(["analyze", join(out, "latest"), "--json"], { env });
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toBe(first.stdout);
  });

  it("runs only the scenarios that --only names", async () => {
    const { exitCode, stdout } = await stackproof(["verify", "--twin", "--only", "api-*", "--json", "--out", out]);
    expect(exitCode).toBe(0);
    expect(reportIn(stdout).scenarios.map(({ name }) => name)).toEqual(["api-to-table"]);
  });
});

describe("verify of a cut pipeline", () => {
  const verifyState = (state: string, ...more: string[]) =>
    stackproof([
      "verify",
      "--twin",
      folder.write("state.json", state),
      "--functions",
      FUNCTIONS,
      "--json",
      "--out",
      out,
      ...more,
    ]);

  it("fails at the processor's log where the event source mapping is disabled", async () => {
    const state = snapshotWith(setValues("aws_lambda_event_source_mapping", { enabled: false, state: "Disabled" }));
    const { exitCode, stdout } = await verifyState(state, "--only", "alb-*", "--wait", "3");
    expect(exitCode).toBe(1);
    const failed = reportIn(stdout).findings.filter(({ verdict }) => verdict === "fail");
    expect(failed.map(({ code }) => code)).toEqual(["stream.no-consumer"]);
    expect(failed[0]?.consequences).toContainEqual(
      expect.objectContaining({
        code: "event.lost",
        subject: "alb-to-table / processor log",
        statement: expect.stringContaining("12 of 12 acked events"),
      }),
    );
  });

  it("fails at the entry where the ingest function names a stream that does not exist", async () => {
    const state = snapshotWith(
      setValues(
        "aws_lambda_function",
        { environment: [{ variables: { STREAM_NAME: "no-such-stream" } }] },
        has("function_name", "ingest"),
      ),
    );
    const { exitCode, stdout } = await verifyState(state, "--only", "alb-*", "--wait", "2");
    expect(exitCode).toBe(1);
    const failed = reportIn(stdout).findings.filter(({ verdict }) => verdict === "fail");
    expect(failed.map(({ code }) => code)).toEqual(["ingest.path-missing"]);
    const [consequence] = failed[0]?.consequences ?? [];
    expect(consequence).toMatchObject({ code: "entry.failing", subject: "alb-to-table / entry" });
    expect(consequence?.evidence.join("\n")).toContain("AccessDeniedException");
  });

  it("is unknown where a metric does not come in time, and pass for all that came", async () => {
    const { exitCode, stdout } = await stackproof([
      "verify",
      "--twin",
      "--twin-delays",
      "aws",
      "--only",
      "alb-*",
      "--wait",
      "12",
      "--json",
      "--out",
      out,
    ]);
    expect(exitCode).toBe(2);
    const report = reportIn(stdout);
    expect(report.verdict).toBe("unknown");
    expect(report.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    const missing = report.findings.filter(({ code }) => code === "metric.missing").map(({ subject }) => subject);
    expect(missing).toEqual(["alb-to-table / IncomingRecords", "alb-to-table / IncomingBytes"]);
    expect(report.events).toMatchObject({ acked: 12, arrived: 12, lost: 0 });
  });
});

describe("an interrupted verify", () => {
  it("ends with 130 and the report of what was seen", async () => {
    const { exitCode, stdout } = await stackproof(
      ["verify", "--twin", "--twin-delays", "aws", "--only", "alb-*", "--json", "--out", out],
      {
        during: (child) => {
          child.stderr?.on("data", (text: string) => {
            if (text.includes("item: 12 of 12")) child.kill("SIGINT");
          });
        },
      },
    );
    expect(exitCode).toBe(130);
    const report = reportIn(stdout);
    expect(report.run.interrupted).toBe(true);
    expect(report.verdict).toBe("unknown");
    expect(report.events).toMatchObject({ acked: 12, arrived: 12 });
  });
});

describe("bad input ends with 3, one clear error, and no run", () => {
  const outputs = { region: { value: "us-east-1" }, account_id: { value: "123456789012" } };
  const cases: [string, () => string[], string, string][] = [
    [
      "a deployment that is absent",
      () => ["--deployment", join(folder.path, "none.json")],
      "deployment.absent",
      "none.json",
    ],
    ["one that is empty", () => ["--deployment", folder.write("a.json", "")], "deployment.empty", "a.json"],
    ["one that is not JSON", () => ["--deployment", folder.write("a.json", "{")], "deployment.not-json", "a.json"],
    [
      "one of another stack",
      () => [
        "--deployment",
        folder.write("a.json", JSON.stringify({ cluster: { value: "arn:aws:eks:us-east-1:123456789012:cluster/a" } })),
      ],
      "outputs.incomplete",
      "another stack",
    ],
    [
      "one with a wrongly typed output",
      () => ["--deployment", folder.write("a.json", JSON.stringify({ ...outputs, alb_url: { value: 7 } }))],
      "outputs.incomplete",
      "alb_url (number, must be a string",
    ],
    ["an unknown scenario", () => ["--twin", "--only", "nothing-*"], "only.matches-nothing", "alb-to-table"],
    ["an unknown option", () => ["--frobnicate"], "", "unknown option"],
    [
      "limits for what is no twin",
      () => ["--deployment", "a.json", "--limits", "limits.json"],
      "options.conflict",
      "--limits",
    ],
    [
      "a limit that there is not",
      () => ["--twin", "--limits", folder.write("limits.json", '{"shards":1}')],
      "limits.invalid",
      "limits.json, shards",
    ],
    ["two targets", () => ["--twin", "--deployment", "a.json"], "options.conflict", "--twin"],
    ["a twin's state that is not JSON", () => ["--twin", folder.write("a.json", "{")], "deployment.not-json", "a.json"],
    [
      "a zip that is missing",
      () => ["--twin", SNAPSHOT, "--functions", folder.path],
      "function.zip-missing",
      "content.zip",
    ],
    [
      "a folder of zips that is missing",
      () => ["--twin", "--functions", join(folder.path, "none")],
      "functions.absent",
      "none",
    ],
    [
      "a pipelines file that is absent",
      () => ["--twin", "--pipelines", join(folder.path, "p.ts")],
      "pipelines.unreadable",
      "p.ts",
    ],
    [
      "a pipelines file that is wrong",
      () => ["--twin", "--pipelines", folder.write("p.json", '[{"name":"a","entry":{"kind":"ftp"},"hops":[]}]')],
      "pipelines.invalid",
      "[0].entry",
    ],
  ];
  it.each(cases)("%s", async (_, args, code, named) => {
    const { exitCode, stdout, stderr } = await stackproof(["verify", "--out", out, ...args()]);
    expect(exitCode).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain(code);
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder.path)).not.toContain("reports");
  });

  it("no credentials", async () => {
    const deployment = folder.write("state.json", readFileSync(SNAPSHOT, "utf8"));
    const env = { PATH: process.env["PATH"], HOME: folder.path, AWS_EC2_METADATA_DISABLED: "true" };
    const { exitCode, stderr } = await stackproof(["verify", "--out", out, "--deployment", deployment], { env });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("credentials.missing");
    expect(readdirSync(folder.path)).not.toContain("reports");
  });

  it("a port in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { exitCode, stderr } = await stackproof(["twin", "--port", String(port)]);
    server.close();
    expect(exitCode).toBe(3);
    expect(stderr).toContain("port.in-use");
    expect(stderr).toContain(String(port));
  });
});
