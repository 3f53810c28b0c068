import { describe, expect, it } from "vitest";
import type { FindingCode } from "../model/finding-code.ts";
import type { Failure } from "../model/observation.ts";
import type { TableSetting } from "../model/settings/data-setting.ts";
import { streamScenario } from "../model/testing/history.ts";
import type { HopTimeline, Timeline } from "../model/timeline.ts";
import { keyMismatch } from "./key-mismatch.ts";

type KeySchema = TableSetting["keySchema"];
const ID: KeySchema = [{ attribute: "id", keyType: "HASH", attributeType: "S" }];
const PK: KeySchema = [{ attribute: "pk", keyType: "HASH", attributeType: "S" }];

const scenario = streamScenario();
const names = scenario.hops.map(({ name }) => name);

/** What is said of a failure at a hop where the table of the sink has this key. */
function explain(keySchema: KeySchema | undefined, hop = "table", code: FindingCode = "event.lost") {
  const leaning = { verdict: "fail", hop, tags: [] } as const;
  const observation = { code, scenario: "s", subject: `s / ${hop}`, statement: "", evidence: [], leaning };
  const failure: Failure = { hop, tags: [], observation };
  const hops = scenario.hops.map(
    (each, index): HopTimeline => ({
      hop: each,
      index,
      covered: undefined,
      reading: { kind: "none" },
      before: undefined,
      after: undefined,
      ...(each.kind === "item" ? { keySchema } : {}),
    }),
  );
  const timeline: Timeline = {
    scenario,
    events: [],
    strangers: [],
    hops,
    lastIntendedMs: 0,
    ending: { kind: "ended" },
    crashes: [],
    clues: [],
    durationMs: 1,
  };
  return keyMismatch.explain(failure, timeline);
}

describe("a table with another key", () => {
  it("is told with both keys, and how to mend either side", () => {
    const found = explain(PK);
    expect(found?.cause).toMatch(
      /^the key of table \S+ is pk \(HASH, S\), and the pipeline's items have the key id \(S\)/,
    );
    expect(found?.remedy.text).toContain("aws_dynamodb_table");
    expect(found?.remedy.text).toContain("pipelines file");
  });

  it.each<[string, KeySchema, string]>([
    ["of the same name and another type", [{ attribute: "id", keyType: "HASH", attributeType: "N" }], "id (HASH, N)"],
    [
      "that has a sort key besides",
      [...ID, { attribute: "at", keyType: "RANGE", attributeType: "S" }],
      "id (HASH, S) and at (RANGE, S)",
    ],
  ])("is told where the key is one %s", (_, keySchema, own) => {
    expect(explain(keySchema)?.cause).toContain(` is ${own}, `);
  });

  it("accounts for what the consumer's log did not see, and for nothing before the consumer", () => {
    expect(names.slice(-2)).toEqual(["processor-log", "table"]);
    expect(explain(PK, "processor-log")).toBeDefined();
    for (const hop of names.slice(0, -2)) expect(explain(PK, hop)).toBeUndefined();
  });

  it("is no cause where the key is the one that is asked for, or not known, or nothing is lost", () => {
    expect(explain(ID)).toBeUndefined();
    expect(explain(undefined)).toBeUndefined();
    expect(explain(PK, "table", "event.duplicated")).toBeUndefined();
  });
});
