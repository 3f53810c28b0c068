import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { decodeSet } from "../../model/sequence-set.ts";
import { planPhases } from "../../plan/load-phases.ts";
import { ArtilleryProcess } from "./artillery-process.ts";
import { ARTILLERY_VERSION, localCommand } from "./commands.ts";
import { ownCounters, readEngineReport } from "./engine-report.ts";
import { prepareFargate } from "./fargate-sender.ts";
import { secondsOfCounters } from "./report-seconds.ts";

const isAsked = process.env["STACKPROOF_ARTILLERY"] === "1";
const skipped = `skipped: it fetches Artillery ${ARTILLERY_VERSION} (some 430 MB) through npx; STACKPROOF_ARTILLERY=1 runs it`;
if (!isAsked) process.stderr.write(`${skipped}\n`);
/** Artillery comes up in some seconds; then it waits for its start, as a container does. */
const BOOT_MS = 40_000;

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers every fifth request with 503. Resolves with its port. */
function startServer(seen: string[]): Promise<number> {
  const started = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      seen.push(body);
      response.statusCode = seen.length % 5 === 0 ? 503 : 202;
      response.end();
    });
  });
  server = started;
  return new Promise((resolve) => {
    started.listen(0, "127.0.0.1", () => {
      const address = started.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

describe.skipIf(!isAsked)(`what a container is given${isAsked ? "" : ` (${skipped})`}`, () => {
  it("runs, and its counters say what became of every event", { timeout: 300_000 }, async () => {
    const seen: string[] = [];
    const port = await startServer(seen);
    const folder = mkdtempSync(join(tmpdir(), "stackproof-artillery-"));
    const startMs = Date.now() + BOOT_MS;
    const phases = planPhases(
      { kind: "steady", eventsPerSecond: 10, durationMs: 2_000 },
      { startMs, eventsPerRequest: 1, firstPhase: 0, firstRequest: 0 },
    );
    const [one] = prepareFargate(
      {
        entry: {
          kind: "http",
          via: "alb",
          method: "PUT",
          url: `http://127.0.0.1:${port}/e`,
          body: '{"id":"{tag}"}',
          batchBody: null,
        },
        connectTo: {},
        ca: undefined,
        runId: "r",
        producer: "p",
        eventsPerRequest: 1,
        bodyBytes: null,
        scenario: "s",
        workers: 1,
        requestMs: 5_000,
        drainMs: 800,
        folder,
        processorFile: fileURLToPath(new URL("processor.cjs", import.meta.url)),
        phases,
        times: false,
        note: () => {},
        signal: new AbortController().signal,
        region: "us-east-1",
      },
      startMs,
    );
    if (one === undefined) throw new Error("no worker was prepared");
    const artillery = new ArtilleryProcess(localCommand(one.files), folder, join(folder, "artillery.log"));
    await artillery.ended;
    expect(artillery.ending, artillery.lastWords()).toBe("ended with code 0");
    const read = readEngineReport(join(folder, one.files.report));
    const counters = read.kind === "read" ? read.counters : {};
    const share = Array.from({ length: 20 }, (_, request) => request);
    const { seconds, unnamedRequests } = secondsOfCounters(counters, {
      scenario: "s",
      worker: 0,
      eventsPerRequest: 1,
      share,
      atMs: Date.now(),
    });
    const count = (kind: "acked" | "unknown") =>
      seconds.reduce((sum, second) => sum + decodeSet(second[kind]).count, 0);
    expect([unnamedRequests, count("acked"), count("unknown")]).toEqual([0, 16, 4]);
    expect(ownCounters(read)).toMatchObject({
      counters: { "http.requests": 20, "http.codes.202": 16, "http.codes.503": 4 },
    });
    expect(new Set(seen)).toEqual(new Set(share.map((request) => `{"id":"sp-r-p-${request}"}`)));
    rmSync(folder, { recursive: true });
  });
});
