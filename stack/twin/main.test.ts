import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen } from "./model/listener.ts";
import { snapshotFile } from "./testing/states.ts";
import { functionsFolder, mainFile, snapshotArgs, startReadyTwin, startTwin } from "./testing/twin-process.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stackproof-main-test-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function stateFile(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("a twin that boots", () => {
  test("says in one line where it is, and that is all it says", async () => {
    const twin = await startReadyTwin(snapshotArgs);
    const { ready } = twin;
    expect(ready.accountId).toMatch(/^\d{12}$/);
    expect(ready.env).toEqual({
      AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      AWS_REGION: ready.region,
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
    });
    const hosts = Object.keys(ready.connectTo);
    expect(hosts).toContainEqual(expect.stringMatching(/elb\.amazonaws\.com$/));
    expect(hosts).toContainEqual(
      expect.stringMatching(new RegExp(`\\.execute-api\\.${ready.region}\\.amazonaws\\.com$`)),
    );
    expect(hosts).toContainEqual(expect.stringMatching(/^http:\/\/.*\.s3\..*\.amazonaws\.com$/));
    expect(hosts).toContainEqual(expect.stringMatching(/^https:\/\/.*\.s3\..*\.amazonaws\.com$/));
    expect(Object.values(ready.connectTo).every((url) => /^https?:\/\/127\.0\.0\.1:\d+$/.test(url))).toBe(true);
    expect(await twin.end()).toBe(0);
    expect(twin.lines()).toHaveLength(1);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("ends on %s", async (signal) => {
    const twin = await startReadyTwin(snapshotArgs);
    twin.child.kill(signal);
    expect(await twin.ended).toBe(0);
  });

  test("ends with whoever started it, be it killed", async () => {
    const starter = `
      const { spawn } = require("node:child_process");
      const args = ${JSON.stringify([mainFile, ...snapshotArgs])};
      const twin = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"] });
      twin.stdout.once("data", () => { console.log(twin.pid); });
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(
      await new Promise<string>((resolve) => parent.stdout.once("data", (data) => resolve(String(data)))),
    );
    parent.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });

  test("serves its status page on the endpoint", async () => {
    const twin = await startReadyTwin(snapshotArgs);
    const response = await fetch(`${twin.ready.env["AWS_ENDPOINT_URL"]}/_twin/status`);
    expect(await response.json()).toMatchObject({ unimplemented: [], ledger: {} });
    await twin.end();
  });
});

describe("a twin that cannot boot says why in one line, and exits 3", () => {
  async function refusal(args: readonly string[]) {
    const twin = await startTwin(args);
    expect(await twin.ended).toBe(3);
    expect(twin.lines()).toHaveLength(1);
    return twin.first;
  }
  const refusalOf = (state: string) => refusal(["--state", state, "--functions", functionsFolder]);

  test("without --state", async () => {
    expect(await refusal([])).toMatchObject({ code: "options.missing", place: "command line, --state" });
  });

  test("with an option that it does not know, or a value that is none", async () => {
    expect(await refusal(["--sate", "x"])).toMatchObject({ code: "options.unknown" });
    const delay = await refusal(["--state", snapshotFile, "--log-delay-ms", "soon"]);
    expect(delay).toMatchObject({ code: "options.invalid", place: "command line, --log-delay-ms" });
  });

  test("with a fault file that is not there, or that is wrong", async () => {
    expect(await refusal([...snapshotArgs, "--faults", "/nowhere.json"])).toMatchObject({ code: "faults.not-found" });
    const file = join(folder, "faults.json");
    await writeFile(file, '{ "seed": 1, "faults": [{ "hop": "queue", "kind": "drop", "rate": 1 }] }');
    expect(await refusal([...snapshotArgs, "--faults", file])).toMatchObject({
      code: "faults.invalid",
      place: `${file}, faults[0].hop`,
    });
  });

  test("with a caller that it does not know, or whose policy AWS would not take", async () => {
    const roleArn = "arn:aws:iam::123456789012:role/nobody";
    expect(await refusal([...snapshotArgs, "--caller-role", roleArn])).toMatchObject({ code: "caller.role-unknown" });
    const file = join(folder, "policy.json");
    await writeFile(file, '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Permit" }] }');
    expect(await refusal([...snapshotArgs, "--caller-policy", file])).toMatchObject({
      code: "caller.policy-malformed",
      place: file,
    });
    const both = ["--caller-role", roleArn, "--caller-policy", file];
    expect(await refusal([...snapshotArgs, ...both])).toMatchObject({ code: "options.conflicting" });
  });

  test("where the state file is not there", async () => {
    expect(await refusalOf("/nowhere/state.json")).toMatchObject({
      code: "state.not-found",
      place: "/nowhere/state.json",
    });
  });

  test("where the state is empty or not JSON", async () => {
    for (const [name, content] of [
      ["empty.json", ""],
      ["half.json", '{"format_version": "1.0", "val'],
    ] as const) {
      const path = await stateFile(name, content);
      expect(await refusalOf(path)).toMatchObject({ code: "state.not-json", place: path });
    }
  });

  test("where the state is of another format", async () => {
    const path = await stateFile("outputs.json", '{"alb_url": {"value": "http://x"}}');
    expect(await refusalOf(path)).toMatchObject({
      code: "state.wrong-format",
      remedy: expect.stringContaining("show -json"),
    });
  });

  test("where a resource is malformed, naming its address and attribute", async () => {
    const broken = (await readFile(snapshotFile, "utf8")).replace(/"shard_count": ?\d+/, '"shard_count": "two"');
    const path = await stateFile("broken.json", broken);
    expect(await refusalOf(path)).toMatchObject({
      code: "state.resource-malformed",
      place: expect.stringMatching(/^.*broken\.json, .*aws_kinesis_stream\..*, shard_count$/),
    });
  });

  test("where a function's zip is missing", async () => {
    const refused = await refusal(["--state", snapshotFile, "--functions", folder]);
    expect(refused).toMatchObject({ code: "function.zip-missing", place: expect.stringContaining(folder) });
  });

  test("where the port is in use", async () => {
    const taken = await listen(createServer());
    const port = String(taken.port);
    const refused = await refusal([...snapshotArgs, "--port", port]);
    expect(refused).toMatchObject({ code: "port.in-use", place: `command line, --port ${port}` });
    await taken.close();
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
