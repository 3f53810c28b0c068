import { describe, expect, it } from "vitest";
import type { FindingCode } from "../model/finding-code.ts";
import type { Hop } from "../model/hop.ts";
import type { Wire } from "../model/rule-result.ts";
import type { Scenario } from "../model/scenario.ts";
import { type BrokenRule, explain, type SeenFailure } from "./explain.ts";

const HOPS: readonly [Hop, ...Hop[]] = [
  { kind: "entry", name: "entry" },
  { kind: "log", name: "ingest log", logGroup: "/aws/lambda/ingest" },
  { kind: "stream", name: "stream", stream: "events" },
  { kind: "log", name: "processor log", logGroup: "/aws/lambda/processor" },
  { kind: "item", name: "item", table: "events", key: { id: "{tag}" } },
];

const scenario: Scenario = {
  name: "alb-to-table",
  sentence: "Events arrive.",
  pipeline: "alb",
  producer: "alb",
  entry: { kind: "http", via: "alb", method: "POST", url: "http://a/events", body: "{}", batchBody: null },
  hops: HOPS,
  load: { requests: [], intervalMs: 1 },
  deadlines: { requestMs: 1, eventsMs: 1, logsMs: 1, metricsMs: 1 },
  policy: { duplicated: "pass", unexpected: "fail" },
  roles: {
    entryFunction: "ingest",
    stream: "events",
    consumerFunction: "arn:aws:lambda:us-east-1:1:function:processor",
  },
};
const upload: Scenario = {
  ...scenario,
  pipeline: "upload",
  entry: { kind: "s3", bucket: "b", key: "{tag}", body: "{}" },
  hops: [
    HOPS[0],
    { kind: "log", name: "content log", logGroup: "/aws/lambda/content" },
    { kind: "item", name: "item", table: "t", key: {} },
  ],
  roles: { entryFunction: "content" },
};

function seen(hop: string, code: FindingCode = "event.lost", of: Scenario = scenario): SeenFailure {
  const leaning = { verdict: "fail", hop, tags: [] } as const;
  const observation = { code, scenario: of.name, subject: hop, statement: "", evidence: [], leaning };
  return { scenario: of, failure: { hop, tags: [], observation } };
}

function broken(code: string, cuts: readonly Wire[], pipelines: readonly string[] = ["alb"]): BrokenRule {
  return {
    code,
    pipelines,
    result: { verdict: "fail", subject: code, statement: "", evidence: [], cause: "", remedy: { text: "look" }, cuts },
  };
}

describe("holding failures against broken settings", () => {
  it.each<[string, Scenario, string, Wire]>([
    ["an entry that no security group lets in", scenario, "entry", "client-entry"],
    ["an entry that may not invoke its function", scenario, "entry", "entry-function"],
    ["an entry whose function may not write to the stream", scenario, "entry", "function-stream"],
    ["a stream that nothing was written to", scenario, "stream", "function-stream"],
    ["a mapping that is disabled", scenario, "processor log", "stream-consumer"],
    ["a consumer that may not write", scenario, "item", "consumer-table"],
    ["a bucket that may not notify", upload, "content log", "bucket-function"],
    ["a handler that may not update", upload, "item", "function-table"],
    ["a bucket that takes no object", upload, "entry", "client-bucket"],
  ])("explains %s", (_, of, hop, wire) => {
    const failure = seen(hop, "event.lost", of);
    expect(explain([failure], [broken("x", [wire], [of.pipeline])])).toEqual({
      consequences: [[failure]],
      unexplained: [],
    });
  });

  it.each<[string, Wire]>([
    ["processor log", "function-stream"],
    ["item", "client-entry"],
    ["stream", "consumer-table"],
    ["stream", "client-bucket"],
  ])("does not blame for what is missing at %s a cut of %s, which lies elsewhere", (hop, wire) => {
    const failure = seen(hop);
    expect(explain([failure], [broken("x", [wire])])).toEqual({ consequences: [[]], unexplained: [failure] });
  });

  it("does not blame another pipeline's settings", () => {
    expect(explain([seen("item")], [broken("x", ["consumer-table"], ["api"])]).unexplained).toHaveLength(1);
  });

  it("calls a metric that fell short a consequence of the cut, as lost events are", () => {
    const [failure, rule] = [seen("stream", "metric.short"), broken("x", ["function-stream"])];
    expect(explain([failure], [rule])).toEqual({ consequences: [[failure]], unexplained: [] });
  });

  it("does not call a duplicate the consequence of a cut", () => {
    expect(explain([seen("item", "event.duplicated")], [broken("x", ["consumer-table"])]).unexplained).toHaveLength(1);
  });

  it("keeps two independent cuts apart, each with what follows from it", () => {
    const [atEntry, atItem] = [seen("entry", "entry.failing"), seen("item", "event.lost", upload)];
    const rules = [broken("a", ["function-table"], ["upload"]), broken("b", ["entry-function"])];
    expect(explain([atEntry, atItem], rules).consequences).toEqual([[atItem], [atEntry]]);
  });

  it("puts a failure that two cuts could have caused under the one that comes first on the way", () => {
    const failure = seen("entry", "entry.failing");
    const rules = [broken("late", ["function-stream"]), broken("early", ["client-entry"])];
    expect(explain([failure], rules).consequences).toEqual([[], [failure]]);
  });
});
