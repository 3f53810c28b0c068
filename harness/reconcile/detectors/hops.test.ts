import { describe, expect, it } from "vitest";
import { DENIED, History } from "../../model/testing/history.ts";
import { observed, problems } from "../testing/observed.ts";

const TIME_IS_UP = { kind: "deadline", lastError: null } as const;

describe("hop.seen", () => {
  it("names every hop with its own evidence", () => {
    const findings = observed(new History().pass(0, 11).finish(), "hop.seen");
    expect(findings.map(({ subject, statement }) => [subject, statement])).toEqual([
      ["alb-to-table / entry", "The entry acked 12 of 12 events (202 × 12)."],
      ["alb-to-table / ingest-log", "12 of 12 events were seen at ingest-log."],
      [
        "alb-to-table / stream",
        "12 of 12 events were seen at stream in 2 shards: shardId-000000000000, shardId-000000000001.",
      ],
      ["alb-to-table / processor-log", "12 of 12 events were seen at processor-log."],
      ["alb-to-table / table", "12 of 12 events were seen at table."],
    ]);
    expect(findings[4]?.evidence).toContain("seen 30 to 30 ms after the events were intended");
  });

  it("stays silent at a hop that missed one event", () => {
    const facts = new History().pass(0, 2).passUpTo(3, "stream").finish();
    const subjects = observed(facts, "hop.seen").map(({ subject }) => subject);
    expect(subjects).toEqual(["alb-to-table / entry", "alb-to-table / ingest-log", "alb-to-table / stream"]);
  });

  it("stays silent where nothing was taken", () => {
    expect(observed(new History().finish(), "hop.seen")).toEqual([]);
  });
});

describe("hop.unseen", () => {
  const facts = new History().pass(0, 2).send(3).see(3, "stream").see(3, "processor-log").see(3, "table").finish();

  it("is not known where a later hop saw the event", () => {
    expect(problems(facts)).toEqual(["hop.unseen unknown alb-to-table / ingest-log"]);
    expect(observed(facts, "hop.unseen")[0]?.statement).toBe("1 of 4 events was seen after ingest-log but not there.");
  });

  it("stays silent where every hop saw every event", () => {
    expect(observed(new History().pass(0, 3).finish(), "hop.unseen")).toEqual([]);
  });

  it("leaves a hop that could not be read to hop.unread", () => {
    const history = new History().send(0).see(0, "ingest-log").see(0, "processor-log").see(0, "table");
    const denied = history.endWait("stream", { kind: "refused", error: DENIED }).finish();
    expect(problems(denied)).toEqual(["hop.unread unknown alb-to-table / stream"]);
  });
});

describe("hop.unread", () => {
  it("names the operation, the error and the permission that is missing", () => {
    const history = new History().send(0).see(0, "ingest-log").see(0, "processor-log").see(0, "table");
    const [finding] = observed(history.endWait("stream", { kind: "refused", error: DENIED }).finish(), "hop.unread");
    expect(finding?.statement).toContain("kinesis:GetRecords failed with AccessDeniedException: not authorized");
    expect(finding?.leaning).toEqual({
      verdict: "unknown",
      remedy: "Give the identity that runs this the permission kinesis:GetRecords on stream events, and run again.",
    });
  });

  it.each([
    ["ResourceNotFoundException", "Check that stream events exists"],
    ["ThrottlingException", "use up the request rate"],
    ["ExpiredTokenException", "Renew the credentials"],
    ["OutOfTime", "Raise the read capacity of stream events"],
    ["InternalFailure", "Find out why kinesis:GetRecords fails"],
  ])("says what to do about %s", (code, advice) => {
    const lastError = { ...DENIED, code };
    const history = new History().send(0).endWait("stream", { kind: "deadline", lastError });
    const [finding] = observed(history.finish(), "hop.unread");
    expect(finding?.leaning).toMatchObject({ verdict: "unknown", remedy: expect.stringContaining(advice) });
  });

  it("stays silent where all had been seen before the read failed", () => {
    const facts = new History().pass(0, 3).endWait("stream", { kind: "deadline", lastError: DENIED }).finish();
    expect(observed(facts, "hop.unread")).toEqual([]);
  });

  it("tells of a hop whose observer wrote nothing at all", () => {
    const history = new History().pass(0, 1).passUpTo(2, "ingest-log").see(2, "processor-log").see(2, "table");
    for (const hop of ["ingest-log", "processor-log", "table"]) history.endWait(hop, { kind: "satisfied" });
    expect(observed(history.end().facts, "hop.unread").map(({ subject }) => subject)).toContain(
      "alb-to-table / stream",
    );
  });
});

describe("metric", () => {
  it("has risen where it grew by at least what the entry acked, whatever stood there before", () => {
    const history = new History().pass(0, 3).measure("records", "before", 10).measure("records", "after", 12, 2);
    const [finding] = observed(history.endWait("records", { kind: "satisfied" }).finish(), "metric.risen");
    expect(finding?.statement).toBe(
      "records (AWS/Kinesis IncomingRecords StreamName=events) rose by 4, at least the 4 that the entry acked.",
    );
  });

  it("counts the highest of several readings of one datapoint once", () => {
    const history = new History().pass(0, 3).measure("records", "before").measure("records", "after", 1);
    const facts = history.measure("records", "after", 4).measure("records", "after", 1).endWait("records", TIME_IS_UP);
    expect(observed(facts.finish(), "metric.risen")).toHaveLength(1);
  });

  it("is missing, and not zero, where no datapoint came", () => {
    const history = new History().pass(0, 3).measure("records", "before").measure("records", "after");
    expect(problems(history.endWait("records", TIME_IS_UP).finish())).toEqual([
      "metric.missing unknown alb-to-table / records",
    ]);
  });

  it("does not take traffic from before the run for the run's own", () => {
    const history = new History().pass(0, 3).measure("records", "before", 100).measure("records", "after", 101);
    expect(problems(history.endWait("records", TIME_IS_UP).finish())).toEqual([
      "metric.short unknown alb-to-table / records",
    ]);
  });

  it("proves nothing without a reading from before the first send", () => {
    const history = new History().pass(0, 3).measure("records", "after", 100).endWait("records", TIME_IS_UP);
    expect(problems(history.finish())).toEqual(["metric.missing unknown alb-to-table / records"]);
  });

  it("fails only where it is complete, falls short and the events did not get past it either", () => {
    const lossy = (sums: number[]) => {
      const history = new History().pass(0, 1).passUpTo(2, "ingest-log").measure("records", "before");
      return history
        .measure("records", "after", ...sums)
        .endWait("records", TIME_IS_UP)
        .finish();
    };
    expect(problems(lossy([2, 0]))).toContain("metric.short fail alb-to-table / records");
    expect(problems(lossy([2]))).toContain("metric.short unknown alb-to-table / records");
    // More was seen past it than it counted: it is the metric that is wrong.
    expect(problems(lossy([1, 0]))).toContain("metric.short unknown alb-to-table / records");
  });

  it("leaves a metric that could not be read to hop.unread", () => {
    const error = { ...DENIED, operation: "cloudwatch:GetMetricStatistics" };
    const facts = new History().pass(0, 3).endWait("records", { kind: "refused", error }).finish();
    expect(problems(facts)).toEqual(["hop.unread unknown alb-to-table / records"]);
  });
});
