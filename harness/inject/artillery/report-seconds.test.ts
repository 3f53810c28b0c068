import { describe, expect, it } from "vitest";
import { decodeSet, SequenceSet } from "../../model/sequence-set.ts";
import { type ReportSeconds, secondsOfCounters, secondsOfSilence } from "./report-seconds.ts";

/** Every third request from 1 on, as worker 1 of 3 has them; two events in each. */
const SOURCE = { scenario: "alb", worker: 1, eventsPerRequest: 2, share: [1, 4, 7, 10, 13], atMs: 900_000 };

function sets({ seconds }: ReportSeconds) {
  const of = (kind: "acked" | "rejected" | "unknown" | "unsent") => {
    const all = new SequenceSet();
    for (const second of seconds) all.addEncoded(second[kind]);
    return all.first(100);
  };
  return { acked: of("acked"), rejected: of("rejected"), unknown: of("unknown"), unsent: of("unsent") };
}

const ALL_SENT = { "stackproof.sent.100.200": 3, "stackproof.sent.101.200": 2, "stackproof.bytes.100": 300 };

describe("what the counters of a container prove", () => {
  it("knows every event where each request that was not acked is named", () => {
    const found = secondsOfCounters(
      {
        ...ALL_SENT,
        "stackproof.latency.100.202.15000": 2,
        "stackproof.latency.101.202.20000": 1,
        "stackproof.latency.101.400.1000": 1,
        "stackproof.latency.101.timeout.30000000": 1,
        "stackproof.service.101.1000": 3,
        "stackproof.not-acked.400.4": 1,
        "stackproof.not-acked.timeout.13": 1,
        "http.requests": 5,
      },
      SOURCE,
    );
    expect(found.unnamedRequests).toBe(0);
    expect(sets(found)).toEqual({ acked: [2, 3, 14, 15, 20, 21], rejected: [8, 9], unknown: [26, 27], unsent: [] });
    expect(found.seconds).toMatchObject([
      { second: 100, sentRequests: 3, answers: { "202": 2 }, sentBytes: 300 },
      { second: 101, sentRequests: 2, answers: { "202": 1, "400": 1, timeout: 1 } },
    ]);
    expect(found.seconds.map(({ acked }) => decodeSet(acked).count)).toEqual([4, 2]);
  });

  it("calls nothing acked of what was not named where some were not: any of them may be the one that failed", () => {
    const found = secondsOfCounters(
      {
        ...ALL_SENT,
        "stackproof.latency.100.202.15000": 2,
        "stackproof.latency.101.503.1000": 3,
        "stackproof.not-acked.503.4": 1,
      },
      SOURCE,
    );
    expect(found.unnamedRequests).toBe(2);
    expect(sets(found)).toEqual({ acked: [], rejected: [], unknown: [2, 3, 8, 9, 14, 15, 20, 21, 26, 27], unsent: [] });
  });

  it("leaves open what was sent and never spoken of again", () => {
    const found = secondsOfCounters({ ...ALL_SENT, "stackproof.latency.100.202.15000": 4 }, SOURCE);
    expect(found.unnamedRequests).toBe(1);
    expect(sets(found)).toMatchObject({ acked: [], unknown: { length: 10 } });
  });

  it("counts as unsent what the container had no time for", () => {
    const found = secondsOfCounters({ "stackproof.sent.100.200": 2, "stackproof.latency.100.202.15000": 2 }, SOURCE);
    expect(sets(found)).toMatchObject({ acked: [2, 3, 8, 9], unsent: [14, 15, 20, 21, 26, 27] });
  });

  it("leaves everything open where no report came", () => {
    const found = secondsOfSilence(SOURCE);
    expect(found.unnamedRequests).toBe(5);
    expect(sets(found)).toMatchObject({ acked: [], unknown: { length: 10 }, unsent: [] });
  });
});
