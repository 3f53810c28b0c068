import { describe, expect, it } from "vitest";
import { findBottleneck } from "./find-bottleneck.ts";
import { API_SIZE, evidence, flowing, metric, phase, SIZE } from "./testing/evidence.ts";

const AGE = { statistic: "Maximum" } as const;
const calm = phase(0, 50);
/** Breaks between the entry and the sink. */
const backsUp = phase(20, 100, { holds: "fail", backlogGrowthPerSecond: 40, sinkP99Ms: 4_000 });
/** Breaks at the entry. */
const refuses = phase(20, 100, { holds: "fail", errorRatio: 0.3 });
const healthy = flowing(0, 60);

describe("the limit that holds a stack back", () => {
  it("is the shards' records where the stream refuses small records", () => {
    const found = findBottleneck(
      evidence(
        [calm, refuses],
        [...healthy, metric("AWS/Kinesis WriteProvisionedThroughputExceeded", "events", 20, [0, 12, 30])],
      ),
    );
    expect(found).toMatchObject({
      kind: "known",
      limit: "shard-records",
      subject: "stream events",
      eventsPerSecond: 100,
    });
    expect(found.kind === "known" ? found.evidence[0] : "").toContain("42 at 100 events/s, first 1 s into it");
  });

  it("is the shards' bytes where the records are larger than 1 MiB in a thousand", () => {
    const large = healthy.filter((one) => one.metric !== "IncomingBytes");
    const found = findBottleneck(
      evidence(
        [calm, refuses],
        [
          ...large,
          metric(
            "AWS/Kinesis IncomingBytes",
            "events",
            20,
            Array.from({ length: 10 }, () => 50 * 4_000),
          ),
          metric("AWS/Kinesis WriteProvisionedThroughputExceeded", "events", 21, [30]),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "shard-bytes" });
  });

  it("is the reads of the shards where GetRecords is refused, though the iterator ages for it", () => {
    const found = findBottleneck(
      evidence(
        [calm, backsUp],
        [
          ...healthy,
          metric("AWS/Kinesis ReadProvisionedThroughputExceeded", "events", 21, [3]),
          metric("AWS/Lambda IteratorAge", "processor", 22, [4_000, 8_000], AGE),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "shard-reads" });
  });

  it("is the table, and not the consumer that waits for it and runs out of concurrency", () => {
    const found = findBottleneck(
      evidence(
        [calm, backsUp],
        [
          ...healthy,
          metric("AWS/DynamoDB WriteThrottleEvents", "sink", 22, [5, 80]),
          metric("AWS/Lambda Throttles", "processor", 24, [7]),
          metric("AWS/Lambda IteratorAge", "processor", 23, [3_000, 8_000], AGE),
        ],
      ),
    );
    expect(found).toMatchObject({ kind: "known", limit: "table-write-capacity", subject: "table sink" });
    expect(found.kind === "known" ? found.evidence.join(" ") : "").toContain(
      "consumer-concurrency moved with it, as its consequence",
    );
  });

  it("is the table, too, where its consequence shows in the second before: one datapoint is no order", () => {
    const found = findBottleneck(
      evidence(
        [calm, backsUp],
        [
          ...healthy,
          metric("AWS/Lambda Throttles", "processor", 21, [7]),
          metric("AWS/DynamoDB WriteThrottleEvents", "sink", 22, [5, 80]),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "table-write-capacity" });
  });

  it("is the table too where minutes are all that the metrics tell apart", () => {
    const minute = { periodMs: 60_000 };
    const found = findBottleneck(
      evidence(
        [calm, backsUp],
        [
          ...healthy,
          metric("AWS/DynamoDB WriteThrottleEvents", "sink", 0, [85], minute),
          metric("AWS/Lambda Throttles", "processor", 0, [7], minute),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "table-write-capacity" });
  });

  it("is the consumer's concurrency where Lambda refuses it and the table refuses nothing", () => {
    const found = findBottleneck(
      evidence(
        [calm, backsUp],
        [
          ...healthy,
          metric("AWS/Lambda Throttles", "processor", 21, [4]),
          metric("AWS/Lambda IteratorAge", "processor", 22, [4_000, 8_000], AGE),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "consumer-concurrency", subject: "function processor" });
  });

  it("is the consumer's own pace where it falls behind and nobody refuses anything", () => {
    const found = findBottleneck(
      evidence([calm, backsUp], [...healthy, metric("AWS/Lambda IteratorAge", "processor", 22, [4_000, 8_000], AGE)]),
    );
    expect(found).toMatchObject({ limit: "consumer-throughput" });
    expect(found.kind === "known" ? found.evidence.at(-1) : "").toBe("2 shards × 1 batches at once × 100 records");
  });

  it("is not the consumer where the backlog grows because the entry is slow", () => {
    const slow = phase(20, 100, { holds: "fail", backlogGrowthPerSecond: 40, entryP99Ms: 3_600, sinkP99Ms: 4_000 });
    expect(findBottleneck(evidence([calm, slow], healthy))).toMatchObject({ kind: "unknown" });
  });

  it("is not known where the consumer falls behind and the table's metrics did not come", () => {
    const withoutTable = healthy.filter(({ namespace }) => namespace !== "AWS/DynamoDB");
    const found = findBottleneck(
      evidence([calm, backsUp], [...withoutTable, metric("AWS/Lambda IteratorAge", "processor", 22, [8_000], AGE)]),
    );
    expect(found.kind).toBe("unknown");
    expect(found.kind === "unknown" ? found.reason : "").toContain("WriteThrottleEvents");
  });

  it("is the entry's concurrency where Lambda refuses it", () => {
    const found = findBottleneck(
      evidence([calm, refuses], [...healthy, metric("AWS/Lambda Throttles", "ingest", 20, [0, 9])]),
    );
    expect(found).toMatchObject({ limit: "entry-concurrency", subject: "function ingest" });
    expect(found.kind === "known" ? found.evidence : []).toContain("its reserved concurrency is 10");
  });

  it("is the side on which the step broke, where both moved in one minute", () => {
    const minute = { periodMs: 60_000 };
    const both = [
      ...healthy,
      metric("AWS/DynamoDB WriteThrottleEvents", "sink", 0, [85], minute),
      metric("AWS/Lambda Throttles", "ingest", 0, [7], minute),
    ];
    expect(findBottleneck(evidence([calm, refuses], both))).toMatchObject({ limit: "entry-concurrency" });
    expect(findBottleneck(evidence([calm, backsUp], both))).toMatchObject({ limit: "table-write-capacity" });
  });

  it("is the one that moved at the lowest rate that broke, whatever gave way at higher rates", () => {
    const hard = phase(40, 200, { holds: "fail", errorRatio: 0.5 });
    const found = findBottleneck(
      evidence(
        [calm, backsUp, hard],
        [
          ...healthy,
          metric("AWS/DynamoDB WriteThrottleEvents", "sink", 22, [5]),
          metric("AWS/Lambda Throttles", "ingest", 40, [900]),
        ],
      ),
    );
    expect(found).toMatchObject({ limit: "table-write-capacity", eventsPerSecond: 100 });
  });

  it("is the API's throttling where it answers 429 and its function is not refused", () => {
    const api = evidence([calm, refuses], healthy, {
      size: API_SIZE,
      answers: [
        { second: 21, answer: "200", requests: 80 },
        { second: 22, answer: "429", requests: 20 },
      ],
    });
    const entry = {
      kind: "http",
      via: "api-gateway",
      method: "POST",
      url: "https://api/process",
      body: "{}",
      batchBody: null,
    } as const;
    const found = findBottleneck({ ...api, scenario: { ...api.scenario, entry } });
    expect(found).toMatchObject({ limit: "api-throttle", subject: "API api" });
  });

  it("is the sender where it was late and nothing of the stack moved, and only then", () => {
    const late = phase(20, 100, { holds: "unknown", sendDelayP99Ms: 900 });
    expect(findBottleneck(evidence([calm, late], healthy))).toMatchObject({ limit: "sender" });
    const throttled = [...healthy, metric("AWS/Lambda Throttles", "ingest", 21, [5])];
    expect(findBottleneck(evidence([calm, late], throttled))).toMatchObject({ limit: "entry-concurrency" });
  });

  it("is not known where no metric came, and says which", () => {
    const found = findBottleneck(evidence([calm, refuses], []));
    expect(found).toMatchObject({ kind: "unknown" });
    expect(found.kind === "unknown" ? found.reason : "").toContain("Throttles for function ingest");
  });

  it("is not known where nothing broke", () => {
    expect(findBottleneck(evidence([calm], healthy))).toMatchObject({ kind: "unknown" });
  });

  it("is not looked for in parts that the stack lacks", () => {
    const found = findBottleneck(evidence([calm, refuses], healthy, { size: { ...SIZE, stream: null, table: null } }));
    expect(found.kind === "unknown" ? found.reason : "").not.toContain("stream");
  });
});
