import { describe, expect, it } from "vitest";
import type { FindingCode } from "../model/finding-code.ts";
import type { Failure } from "../model/observation.ts";
import { streamScenario } from "../model/testing/history.ts";
import type { ClueOf, Timeline } from "../model/timeline.ts";
import { functionTrouble } from "./function-trouble.ts";

const line = (functionName: string, text: string): ClueOf => ({
  functionName,
  seen: { kind: "error-line", logGroup: `/aws/lambda/${functionName}`, text },
});
const metric = (functionName: string, name: string, value: number): ClueOf => ({
  functionName,
  seen: { kind: "metric", namespace: "AWS/Lambda", metric: name, value },
});

function explain(clues: readonly ClueOf[], code: FindingCode = "event.lost") {
  const leaning = { verdict: "fail", hop: "table", tags: [] } as const;
  const observation = { code, scenario: "s", subject: "s / table", statement: "", evidence: [], leaning };
  const failure: Failure = { hop: "table", tags: [], observation };
  const timeline: Timeline = {
    scenario: streamScenario({ roles: { entryFunction: "ingest", consumerFunction: "processor" } }),
    events: [],
    strangers: [],
    hops: [],
    lastIntendedMs: 0,
    ending: { kind: "ended" },
    crashes: [],
    clues,
    durationMs: 1,
  };
  return functionTrouble.explain(failure, timeline);
}

describe("a function in trouble", () => {
  it("explains events that are lost or get no definite answer, and no definite no: that is an answer", () => {
    const clues = [line("ingest", "TypeError: x is undefined")];
    expect(explain(clues, "entry.failing")).toBeDefined();
    expect(explain(clues, "entry.rejected")).toBeUndefined();
    expect(explain(clues, "event.duplicated")).toBeUndefined();
  });

  it("is named with its last error line, and all clues are evidence", () => {
    const found = explain([
      line("processor", "first"),
      line("processor", "TypeError: x is undefined"),
      metric("processor", "Errors", 3),
    ]);
    expect(found?.cause).toBe("function processor fails: TypeError: x is undefined");
    expect(found?.remedy.text).toContain("processor");
    expect(found?.evidence).toEqual([
      "/aws/lambda/processor says: first",
      "/aws/lambda/processor says: TypeError: x is undefined",
      "AWS/Lambda Errors of processor: 3",
    ]);
  });

  it("that times out is told so, whatever else it says", () => {
    const found = explain([
      line("processor", "2026-11-22 abc Task timed out after 3.00 seconds"),
      line("processor", "other"),
    ]);
    expect(found?.cause).toContain("stopped at its time-out");
  });

  it("that may not run is told so", () => {
    expect(explain([metric("processor", "Throttles", 7)])?.cause).toContain("Lambda refused 7 invocations");
  });

  it("is known by its Errors where its log says nothing", () => {
    expect(explain([metric("processor", "Errors", 2)])?.cause).toContain("2 invocations ended in an error");
  });

  it("is the first on the way, where several are in trouble", () => {
    expect(explain([line("processor", "late"), line("ingest", "early")])?.cause).toBe("function ingest fails: early");
  });

  it.each<[string, readonly ClueOf[]]>([
    ["no clue", []],
    ["invocations alone", [metric("processor", "Invocations", 5)]],
    ["metrics that stayed at zero", [metric("processor", "Errors", 0), metric("processor", "Throttles", 0)]],
  ])("is not suspected on %s", (_, clues) => expect(explain(clues)).toBeUndefined());

  it("does not explain a duplicate", () => {
    expect(explain([line("processor", "x")], "event.duplicated")).toBeUndefined();
  });
});
