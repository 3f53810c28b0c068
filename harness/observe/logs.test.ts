import {
  CloudWatchLogsClient,
  type FilteredLogEvent,
  type FilterLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import type { LogHop } from "../model/hop.ts";
import { CONFIG, METADATA, serviceError } from "./testing/clients.ts";
import { runObserver } from "./testing/run-observer.ts";
import { START_MS } from "./testing/tools.ts";

const HOP: LogHop = { kind: "log", name: "log", logGroup: "/aws/lambda/ingest" };

interface Page {
  readonly events?: FilteredLogEvent[];
  readonly nextToken?: string;
}

function logGroup(answer: (input: FilterLogEventsCommandInput, calls: number) => Page) {
  const inputs: FilterLogEventsCommandInput[] = [];
  const atMs: number[] = [];
  const client = new CloudWatchLogsClient(CONFIG);
  const clients = (nowMs: () => number) => {
    client.middlewareStack.add(
      () => async (args) => {
        if (!("filterPattern" in args.input)) throw new Error("a search without a pattern");
        atMs.push(nowMs());
        inputs.push(args.input);
        return { response: {}, output: { ...METADATA, ...answer(args.input, inputs.length - 1) } };
      },
      { step: "initialize", priority: "high" },
    );
    return { cloudwatchLogs: async () => client };
  };
  return { inputs, atMs, clients };
}

const line = (eventId: string, message: string): FilteredLogEvent => ({
  eventId,
  message,
  timestamp: START_MS + 5,
  logStreamName: "2026/11/22/[$LATEST]ab",
});

describe("the logs' observer", () => {
  it("searches for the run's tags as a part of a line, from a little before the run", async () => {
    const { inputs, clients } = logGroup(() => ({ events: [line("1", '{"ids":["sp-run-alb-0"]}')] }));
    await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(inputs[0]).toEqual({
      logGroupName: "/aws/lambda/ingest",
      startTime: START_MS - 15_000,
      filterPattern: "%sp-run-alb-%",
    });
  });

  it("finds every event that one line names, and no other run's", async () => {
    const message = '{"ids":["sp-run-alb-0","sp-run-alb-1","sp-run-api-0","sp-other-alb-0"]}';
    const { clients } = logGroup(() => ({ events: [line("7", message)] }));
    const { journal } = await runObserver(HOP, ["sp-run-alb-0", "sp-run-alb-1"], clients);
    expect(journal.of("sighted")).toMatchObject([
      { tag: "sp-run-alb-0", occurrence: "7", seenAtMs: START_MS + 5, place: "log stream 2026/11/22/[$LATEST]ab" },
      { tag: "sp-run-alb-1", occurrence: "7" },
    ]);
  });

  it("goes on at the page where it failed, so that throttling cannot keep a long search from its end", async () => {
    let calls = 0;
    const { inputs, clients } = logGroup(({ nextToken }) => {
      if (++calls % 2 === 0) throw serviceError("ThrottlingException", 400);
      const page = Number(nextToken ?? 0);
      if (page === 6) return { events: [line("1", "sp-run-alb-0")] };
      return { nextToken: String(page + 1) };
    });
    const { journal, ending } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(ending).toEqual({ kind: "satisfied" });
    expect(inputs.map(({ nextToken }) => Number(nextToken ?? 0))).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    expect(journal.of("covered").map(({ untilMs }) => untilMs)).toEqual([START_MS]);
  });

  it("stays under the account's limit however many pages there are", async () => {
    const { atMs, clients } = logGroup((_, calls) =>
      calls === 20 ? { events: [line("1", "sp-run-alb-0")] } : { nextToken: String(calls) },
    );
    await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(atMs.map((at) => at - START_MS)).toEqual(Array.from({ length: 21 }, (_, index) => index * 250));
  });
});
