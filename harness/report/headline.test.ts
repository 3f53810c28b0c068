import { describe, expect, it } from "vitest";
import { failing, passing, report, scenarioResult, unknown } from "../model/testing/reports.ts";
import { headlineOf } from "./headline.ts";
import { searchedLoad } from "./html/testing/load.ts";

const whole = { scenarios: [scenarioResult({ verdict: "pass", hops: [] })] };
const events = { ...report([], "pass").events, intended: 12, arrived: 12, lost: 0 };

describe("the verdict in a sentence", () => {
  it("of a failure names the cut wire and the worst finding", () => {
    expect(headlineOf(report([failing(), failing(), unknown()], "fail"))).toBe(
      "alb-to-table is cut between ingest-log and stream: 5 of 12 acked events were not seen at stream or after. 1 more finding below.",
    );
  });

  it("of a failure names the finding that accounts for the cut, not just the first", () => {
    const other = failing({ scenario: "settings", statement: "A bucket is open." });
    const cause = failing({
      scenario: "settings",
      statement: "Nothing reads the stream.",
      consequences: [
        { code: "event.lost", subject: "alb-to-table / item", statement: "5 of 12 were lost.", evidence: [] },
      ],
    });
    expect(headlineOf(report([other, cause], "fail"))).toBe(
      "alb-to-table is cut between ingest-log and stream: Nothing reads the stream. 1 more finding below.",
    );
  });

  it("of a failure without a cut is the finding alone", () => {
    expect(headlineOf(report([failing({ statement: "The key is off." })], "fail", whole))).toBe("The key is off.");
  });

  it("of an unknown run says that it was not seen", () => {
    expect(headlineOf(report([unknown()], "unknown", whole))).toBe(
      "Not everything could be seen: records: no datapoint came; that is no data, not zero.",
    );
  });

  it("of a pass counts what was proven, and says what the stack carries where that was sought", () => {
    expect(headlineOf(report([passing(), passing()], "pass", { ...whole, events }))).toBe(
      "12 events went in, and each came out once; 2 statements hold.",
    );
    expect(headlineOf(report([passing()], "pass", { ...whole, events, loads: [searchedLoad(60, 20)] }))).toBe(
      "12 events went in, and each came out once; 1 statement holds. alb-to-table holds 1,980 events/s.",
    );
  });

  it("does not claim that all came out where some did not", () => {
    expect(headlineOf(report([passing()], "pass", whole))).toContain("7 of 12 events came out");
  });
});
