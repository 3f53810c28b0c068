import { describe, expect, it } from "vitest";
import type { JudgedResult } from "../checks/judge-rules.ts";
import type { SeenFailure } from "../diagnose/explain.ts";
import type { Wire } from "../model/rule-result.ts";
import { streamScenario } from "../model/testing/history.ts";
import { findingOf } from "./judge-settings.ts";

const broken = (severity: "flow" | "advice", cuts: readonly Wire[] = []): JudgedResult => ({
  code: "stream.no-consumer",
  severity,
  pipelines: ["alb"],
  result: {
    verdict: "fail",
    subject: "stream events",
    statement: "Nothing reads the stream.",
    evidence: ["mapping m: Disabled"],
    cause: "The mapping is disabled.",
    remedy: { text: "Enable it.", terraform: { hcl: "enabled = true" } },
    cuts,
  },
});

const lost: SeenFailure = {
  scenario: streamScenario(),
  failure: {
    hop: "item",
    tags: [],
    observation: {
      code: "event.lost",
      scenario: "alb-to-table",
      subject: "alb-to-table / item",
      statement: "5 of 12 were lost.",
      evidence: ["lost: sp-1", "of 12 acked events seen: item 7", "item was read past the deadline"],
      leaning: { verdict: "fail", hop: "item", tags: [] },
    },
  },
};

describe("a check that fails", () => {
  it("has what events showed of it as consequences, each with its own evidence", () => {
    expect(findingOf(broken("flow"), [lost])).toEqual({
      code: "stream.no-consumer",
      severity: "flow",
      verdict: "fail",
      scenario: "settings",
      subject: "stream events",
      statement: "Nothing reads the stream.",
      evidence: ["mapping m: Disabled"],
      consequences: [
        {
          code: "event.lost",
          subject: "alb-to-table / item",
          statement: "5 of 12 were lost.",
          evidence: ["lost: sp-1", "of 12 acked events seen: item 7"],
        },
      ],
      cause: "The mapping is disabled.",
      remedy: { text: "Enable it.", terraform: { hcl: "enabled = true" } },
    });
  });

  it("is as severe as its rule says, and flow wherever it cuts a wire", () => {
    expect(findingOf(broken("advice"), []).severity).toBe("advice");
    expect(findingOf(broken("advice", ["function-log"]), []).severity).toBe("flow");
  });
});
