import { describe, expect, it } from "vitest";
import type { MetricSeries } from "../../../model/load-report.ts";
import { searchedLoad } from "../testing/load.ts";
import { panelsOf } from "./time-panels.ts";

const load = searchedLoad(10, 1);
const metric = (label: string, unit = "Count"): MetricSeries => ({
  label,
  unit,
  points: [{ atMs: load.seconds.startMs + 3000, value: 7 }],
});
const panels = (...metrics: MetricSeries[]) =>
  panelsOf({ ...load, metrics }).map(({ title, axis, lines }) => [title, axis, lines.map(({ name }) => name)]);

describe("the panels over time", () => {
  it("begin with the sender's own seconds, then the age of the iterator and the throttles of all services, then the rest", () => {
    expect(
      panels(
        metric("AWS/Lambda Duration (Average) of ingest", "Milliseconds"),
        metric("AWS/Lambda Duration (Average) of processor", "Milliseconds"),
        metric("AWS/DynamoDB WriteThrottleEvents (Sum) of events"),
        metric("AWS/Kinesis WriteProvisionedThroughputExceeded (Sum) of s"),
        metric("AWS/Kinesis GetRecords.IteratorAgeMilliseconds (Maximum) of s", "Milliseconds"),
      ),
    ).toEqual([
      ["Events per second", "amount", ["planned", "sent", "acked"]],
      ["Errors per second", "amount", ["errors"]],
      ["Answers of the entry", "latency", ["p50", "p99"]],
      ["Iterator age", "duration", ["AWS/Kinesis GetRecords.IteratorAgeMilliseconds (Maximum) of s"]],
      [
        "Throttles",
        "amount",
        [
          "AWS/DynamoDB WriteThrottleEvents (Sum) of events",
          "AWS/Kinesis WriteProvisionedThroughputExceeded (Sum) of s",
        ],
      ],
      ["AWS/Lambda Duration (Average)", "duration", ["ingest", "processor"]],
    ]);
  });

  it("put a metric's datapoints on the load's own time, and leave out what has none", () => {
    const [, , , age] = panelsOf({ ...load, metrics: [metric("IteratorAge", "ms")] });
    expect(age?.lines[0]?.points).toEqual([[3, 7]]);
    expect(panels({ ...metric("IteratorAge"), points: [] })).toHaveLength(3);
  });
});
