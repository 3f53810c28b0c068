import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import type { Entry, Scenario } from "../model/scenario.ts";
import { createManualClock } from "../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../model/testing/memory-journal.ts";
import { inject } from "./inject.ts";
import { type Loopback, startLoopback } from "./testing/loopback.ts";

const HTTP: Entry = {
  kind: "http",
  via: "alb",
  method: "POST",
  url: "http://my-alb.example.com/events",
  body: '{"id":"{tag}"}',
  batchBody: '{"events":"{events}"}',
};
const S3: Entry = { kind: "s3", bucket: "content", key: "in/{tag}.json", body: '{"id":"{tag}"}' };

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

async function run(entry: Entry, tags: readonly string[]) {
  const server = await startLoopback((_, response) => response.writeHead(200, { etag: '"e"' }).end());
  loopback = server;
  const clock = createManualClock();
  const journal = createMemoryJournal();
  const running = inject(scenario(entry), [{ atMs: clock.nowMs(), tags }], {
    journal,
    clock,
    signal: new AbortController().signal,
    connectTo: { "my-alb.example.com": server.url },
    s3: async () =>
      new S3Client({
        region: "eu-central-1",
        endpoint: server.url,
        forcePathStyle: true,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      }),
  });
  return { running, journal, requests: server.requests };
}

function scenario(entry: Entry): Scenario {
  return {
    name: "scenario",
    sentence: "What goes in comes out.",
    pipeline: "pipeline",
    producer: "in",
    entry,
    hops: [{ kind: "entry", name: "entry" }],
    load: { requests: [], intervalMs: 0 },
    deadlines: { requestMs: 5_000, eventsMs: 5_000, logsMs: 5_000, metricsMs: 5_000 },
    policy: { duplicated: "fail", unexpected: "fail" },
    roles: {},
  };
}

describe("injecting a scenario", () => {
  it("sends through the scenario's own entry", async () => {
    const { running, journal, requests } = await run(HTTP, ["sp-run-in-0", "sp-run-in-1"]);
    await running;
    expect(requests.map(({ body }) => body)).toEqual(['{"events":[{"id":"sp-run-in-0"},{"id":"sp-run-in-1"}]}']);
    expect(journal.of("answered").map(({ outcome }) => outcome.kind)).toEqual(["acked", "acked"]);
  });

  it("uploads one object for each event of an S3 entry", async () => {
    const { running, journal, requests } = await run(S3, ["sp-run-in-0"]);
    await running;
    expect(requests).toMatchObject([{ method: "PUT", body: '{"id":"sp-run-in-0"}' }]);
    expect(requests[0]?.path).toMatch(/^\/content\/in\/sp-run-in-0\.json(\?|$)/);
    expect(journal.of("answered")[0]?.outcome).toEqual({ kind: "acked", status: 200, answer: 'etag "e"' });
  });

  it.each([
    ["an S3 entry", S3],
    ["an entry without a batch body", { ...HTTP, batchBody: null }],
  ])("refuses several events in one request for %s before anything is journalled", async (_, entry) => {
    const { running, journal, requests } = await run(entry, ["sp-run-in-0", "sp-run-in-1"]);
    await expect(running).rejects.toThrow(CannotRun);
    expect(journal.facts).toEqual([]);
    expect(requests).toEqual([]);
  });
});
