import { describe, expect, it } from "vitest";
import type { FindingCode } from "../../model/finding-code.ts";
import type { LimitName } from "../../model/load.ts";
import type { Bottleneck } from "../../model/load-report.ts";
import type { Failure } from "../../model/observation.ts";
import { explainLoad } from "./explain-load.ts";

const about = (code: FindingCode, hop = "item"): Failure => ({
  observation: { code, scenario: "load", subject: "load", statement: "", evidence: [], leaning: { verdict: "pass" } },
  hop,
  tags: [],
});
const limitedBy = (limit: LimitName): Bottleneck => ({
  kind: "known",
  limit,
  subject: "table events",
  eventsPerSecond: 300,
  evidence: ["WriteThrottleEvents: 1855"],
});
const way = { sink: "item", hasStream: true };
const unknown: Bottleneck = { kind: "unknown", reason: "no limit's metric moved" };

describe("why a load failed", () => {
  it.each(["load.held", "load.target-held"] as const)("is what gave way, for %s", (code) => {
    expect(explainLoad(about(code), limitedBy("entry-concurrency"), way)).toMatchObject({
      cause: "table events gives way (entry-concurrency)",
      evidence: ["WriteThrottleEvents: 1855"],
    });
    expect(explainLoad(about(code), unknown, way)?.cause).toBe("cause not known: no limit's metric moved");
  });

  it.each(["shard-reads", "consumer-concurrency", "consumer-throughput", "table-write-capacity"] as const)(
    "is %s for events that were not at the sink in time",
    (limit) => {
      expect(explainLoad(about("event.lost"), limitedBy(limit), way)?.cause).toBe(
        `table events gives way (${limit}): what it does not take in time waits in the stream, or is given up there`,
      );
    },
  );

  it.each(["shard-records", "shard-bytes", "entry-concurrency", "api-throttle", "sender"] as const)(
    "is not %s for events that the entry had acked",
    (limit) => {
      expect(explainLoad(about("event.lost"), limitedBy(limit), way)).toBeUndefined();
    },
  );

  it("is not the table for events that no stream keeps", () => {
    const direct = { ...way, hasStream: false };
    expect(explainLoad(about("event.lost"), limitedBy("table-write-capacity"), direct)).toBeUndefined();
  });

  it("is another one where events were lost before the consumer, where nothing gave way, or for what load does not do", () => {
    expect(explainLoad(about("event.lost", "stream"), limitedBy("table-write-capacity"), way)).toBeUndefined();
    expect(explainLoad(about("event.lost"), unknown, way)).toBeUndefined();
    expect(explainLoad(about("event.duplicated"), limitedBy("table-write-capacity"), way)).toBeUndefined();
  });
});
