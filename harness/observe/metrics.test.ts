import { CloudWatchClient, type Datapoint, type GetMetricStatisticsCommandInput } from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import type { MetricHop } from "../model/hop.ts";
import { CONFIG, METADATA, serviceError } from "./testing/clients.ts";
import { awaitedEvents } from "./testing/fakes.ts";
import { runObserver } from "./testing/run-observer.ts";
import { START_MS } from "./testing/tools.ts";

const MINUTE_MS = Math.floor(START_MS / 60_000) * 60_000;
const HOP: MetricHop = {
  kind: "metric",
  name: "records in",
  namespace: "AWS/Kinesis",
  metric: "IncomingRecords",
  dimensions: { StreamName: "events" },
  counts: "events",
};
const TAGS = ["sp-run-alb-0", "sp-run-alb-1", "sp-run-alb-2"];

/** A metric that reads so: the first answer is the one before the run. */
function metric(answer: (reading: number) => Datapoint[]) {
  const inputs: GetMetricStatisticsCommandInput[] = [];
  const client = new CloudWatchClient(CONFIG);
  client.middlewareStack.add(
    () => async (args) => {
      if (!("StartTime" in args.input) || !("Statistics" in args.input)) throw new Error("not a reading");
      inputs.push(args.input);
      return { response: {}, output: { ...METADATA, Datapoints: answer(inputs.length - 1) } };
    },
    { step: "initialize", priority: "high" },
  );
  return { inputs, clients: () => ({ cloudwatch: async () => client }) };
}

const point = (Sum: number, minute = 0): Datapoint => ({ Timestamp: new Date(MINUTE_MS + minute * 60_000), Sum });

describe("the metric's observer", () => {
  it("reads the sum of whole minutes", async () => {
    const { inputs, clients } = metric(() => []);
    await runObserver(HOP, TAGS, clients);
    expect(inputs[0]).toEqual({
      Namespace: "AWS/Kinesis",
      MetricName: "IncomingRecords",
      Dimensions: [{ Name: "StreamName", Value: "events" }],
      StartTime: new Date(MINUTE_MS),
      EndTime: new Date(MINUTE_MS + 120_000),
      Period: 60,
      Statistics: ["Sum"],
    });
  });

  it("is satisfied when the sum has risen by what was acked, over all minutes", async () => {
    const { clients } = metric((reading) => (reading < 3 ? [] : [point(1, 1), point(2)]));
    const { journal, ending } = await runObserver(HOP, TAGS, clients);
    expect(ending).toEqual({ kind: "satisfied" });
    expect(journal.of("measured").map(({ when, datapoints }) => [when, datapoints])).toEqual([
      ["before", []],
      ["after", []],
      [
        "after",
        [
          { startMs: MINUTE_MS, sum: 2 },
          { startMs: MINUTE_MS + 60_000, sum: 1 },
        ],
      ],
    ]);
  });

  it("does not take for ours what was there before", async () => {
    const { clients } = metric((reading) => [point(reading < 4 ? 100 : 102)]);
    const { journal, ending } = await runObserver(HOP, TAGS, clients);
    expect(ending).toEqual({ kind: "deadline", lastError: null });
    expect(journal.of("measured").map(({ when, datapoints }) => [when, datapoints[0]?.sum])).toEqual([
      ["before", 100],
      ["after", 100],
      ["after", 102],
    ]);
  });

  it("counts bytes where the metric does", async () => {
    const hop: MetricHop = { ...HOP, metric: "IncomingBytes", counts: "bytes" };
    const tooFew = await runObserver(hop, TAGS, metric((reading) => (reading === 0 ? [] : [point(299)])).clients);
    expect(tooFew.ending).toMatchObject({ kind: "deadline" });
    const enough = await runObserver(hop, TAGS, metric((reading) => (reading === 0 ? [] : [point(300)])).clients);
    expect(enough.ending).toEqual({ kind: "satisfied" });
  });

  it("takes no data for no data: nothing is measured as zero", async () => {
    const { journal, ending } = await runObserver(HOP, TAGS, metric(() => []).clients);
    expect(ending).toEqual({ kind: "deadline", lastError: null });
    expect(journal.of("measured").map(({ when, datapoints }) => [when, datapoints])).toEqual([
      ["before", []],
      ["after", []],
    ]);
  });

  it("does not wait for a metric where nothing was acked", async () => {
    const awaited = awaitedEvents(TAGS, { rejected: TAGS });
    const { ending } = await runObserver(HOP, TAGS, metric(() => []).clients, { awaited });
    expect(ending).toEqual({ kind: "satisfied" });
  });

  it("gets over a transient error before the run", async () => {
    const { clients } = metric((reading) => {
      if (reading < 2) throw serviceError("Throttling", 400);
      return reading === 2 ? [point(5)] : [point(8)];
    });
    const { ending } = await runObserver(HOP, TAGS, clients);
    expect(ending).toEqual({ kind: "satisfied" });
  });

  it("ends as refused where it may not read before the run, and holds nothing up", async () => {
    const { inputs, clients } = metric(() => {
      throw serviceError("AccessDenied", 403);
    });
    const { journal, ending, endedMs } = await runObserver(HOP, TAGS, clients);
    expect(ending).toMatchObject({
      kind: "refused",
      error: { code: "AccessDenied", operation: "cloudwatch:GetMetricStatistics" },
    });
    expect(journal.of("measured")).toEqual([]);
    expect(inputs).toHaveLength(1);
    expect(endedMs).toBe(START_MS);
  });

  it("holds the run up for a few seconds at most where nothing can be read before it", async () => {
    const { clients } = metric(() => {
      throw serviceError("InternalFailure", 500);
    });
    const { journal, ending, endedMs } = await runObserver(HOP, TAGS, clients);
    expect(ending).toMatchObject({ kind: "deadline", lastError: { code: "InternalFailure" } });
    expect(journal.of("wait-ended")).toHaveLength(1);
    expect(endedMs).toBe(START_MS + 10_000);
  });
});
