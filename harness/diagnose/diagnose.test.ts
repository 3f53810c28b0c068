import { describe, expect, it } from "vitest";
import type { FindingCode } from "../model/finding-code.ts";
import type { Failure } from "../model/observation.ts";
import { streamScenario } from "../model/testing/history.ts";
import type { Timeline } from "../model/timeline.ts";
import type { Cause } from "./cause.ts";
import { diagnose, rankCauses } from "./diagnose.ts";

function failure(code: FindingCode, hop: string): Failure {
  const observation = {
    code,
    scenario: "alb-to-table",
    subject: `alb-to-table / ${hop}`,
    statement: "",
    evidence: [],
    leaning: { verdict: "fail", hop, tags: ["sp-r1-alb-0"] },
  } as const;
  return { observation, hop, tags: ["sp-r1-alb-0"] };
}

function timeline(status: number, answer: string, clues: Timeline["clues"] = []): Timeline {
  return {
    scenario: streamScenario(),
    events: [
      {
        tag: "sp-r1-alb-0",
        sequence: 0,
        sizeBytes: 1,
        intendedAtMs: 1,
        sentAtMs: 1,
        answer: { doneAtMs: 2, outcome: { kind: "rejected", status, answer } },
        sightings: [],
      },
    ],
    strangers: [],
    hops: [],
    lastIntendedMs: 1,
    ending: { kind: "ended" },
    crashes: [],
    clues,
    durationMs: 1,
  };
}

describe("diagnose", () => {
  it.each([
    ["ingest-log", "event source mapping"],
    ["stream", "kinesis:PutRecords"],
    ["table", "table events"],
  ])("says that it does not know why nothing came to %s, and where to look next", (hop, next) => {
    const { cause, remedy, evidence } = diagnose(failure("event.lost", hop), timeline(202, ""));
    expect(cause).toBe(`cause not known: the wire into ${hop} is cut, for all events or for some`);
    expect(remedy.text).toContain(next);
    expect(evidence).toEqual(["to look up: sp-r1-alb-0 in /aws/lambda/ingest, /aws/lambda/processor"]);
  });

  it("takes the entry's own words for the cause of a rejection", () => {
    const { cause, remedy } = diagnose(failure("entry.rejected", "entry"), timeline(404, '{"error":"no such path"}'));
    expect(cause).toBe('the entry refuses the event with 404: {"error":"no such path"}');
    expect(remedy.text).toContain("Route the method and path");
  });

  it("does not know the cause of a rejection without words", () => {
    expect(diagnose(failure("entry.rejected", "entry"), timeline(403, " ")).cause).toMatch(/^cause not known: /);
  });

  it("names the likeliest of several causes", () => {
    const causeOf = (name: string, likelihood: number): Cause => ({
      name,
      explain: () => ({ likelihood, cause: name, remedy: { text: "fix it" }, evidence: [] }),
    });
    const never: Cause = { name: "never", explain: () => undefined };
    const causes = [causeOf("perhaps", 0.3), never, causeOf("surely", 0.9), causeOf("as surely", 0.9)];
    const lost = failure("event.lost", "stream");
    expect(rankCauses(lost, timeline(202, ""), causes).map(({ cause }) => cause)).toEqual([
      "surely",
      "as surely",
      "perhaps",
    ]);
    expect(diagnose(lost, timeline(202, ""), causes).cause).toBe("surely");
  });
});
