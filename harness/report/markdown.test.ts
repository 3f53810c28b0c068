import { describe, expect, it } from "vitest";
import type { Report } from "../model/report.ts";
import { failing, passing, report, scenarioResult, unknown } from "../model/testing/reports.ts";
import { renderMarkdown } from "./markdown.ts";

const HOSTILE = `<script>alert("1")</script> & 'x' | \u001b[31mred\u001b[0m\r\n# next \u0000 \`\`\` @someone **bold** [a](b)`;
const broken = report(
  [
    failing({
      remedy: {
        text: "Set enabled = true on the aws_lambda_event_source_mapping.",
        terraform: { hcl: "# aws_lambda_event_source_mapping\nenabled = true" },
      },
    }),
    unknown(),
    passing(),
  ],
  "fail",
);
const hostile: Report = report(
  [
    failing({
      statement: HOSTILE,
      evidence: [HOSTILE],
      cause: HOSTILE,
      remedy: { text: HOSTILE, terraform: { hcl: HOSTILE } },
      subject: HOSTILE,
    }),
    passing({ statement: HOSTILE }),
  ],
  "fail",
  { scenarios: [scenarioResult({ name: HOSTILE, sentence: HOSTILE })] },
);

describe("report.md", () => {
  it("says the verdict first, then the hops, what failed, and folds up what passed", () => {
    expect(renderMarkdown(broken)).toMatchInlineSnapshot(`
      "# ❌ fail: alb-to-table is cut between ingest-log and stream: 5 of 12 acked events were not seen at stream or after.

      verify of the twin, not AWS: account 123456789012, eu-west-1, from state.json. Run 20261122t015900x7f3a9c, 12.3 s. 12 intended, 12 acked, 7 arrived, 5 lost, 0 duplicated.

      | hop | ❌ alb-to-table |
      | --- | --- |
      | entry | ✅ 12/12 |
      | ingest-log | ✅ 12/12 |
      | stream | ❌ 7/12 ✂ **5 last seen at ingest-log** |
      | records | ❔ 0/12 |
      | processor-log | ❔ 7/12 |
      | table | ❔ 7/12 |
      | p50, p99 to the sink | 35 ms, 120 ms |

      ### ❌ 5 of 12 acked events were not seen at stream or after.

      event.lost, alb-to-table / stream

      **Why:** cause not known: the wire into stream is cut

      **To do:** Set enabled = true on the aws\\_lambda\\_event\\_source\\_mapping.

      \`\`\`hcl
      # aws_lambda_event_source_mapping
      enabled = true
      \`\`\`

      <details><summary>evidence (1)</summary>

      - lost: sp-r1-alb-7, sp-r1-alb-8

      </details>

      ### ❔ records: no datapoint came; that is no data, not zero.

      metric.missing, alb-to-table / records

      **To know it:** Raise the deadline metricsMs.

      <details><summary>✅ alb-to-table: 1 passing</summary>

      - The entry acked 12 of 12 events (202 × 12). (hop.seen)

      </details>
      "
    `);
  });

  it("gives scenarios a column each, and a hop that they share one row, in the order of the way", () => {
    const hops = (...names: string[]) =>
      names.map((name) => ({ name, kind: "log", expected: 5, seen: 5, verdict: "pass" as const }));
    const scenarios = [
      scenarioResult({ name: "a", hops: hops("entry", "stream", "item") }),
      scenarioResult({ name: "b", hops: hops("entry", "object", "log", "item") }),
    ];
    const lines = renderMarkdown(report([], "pass", { scenarios }))
      .split("\n")
      .filter((line) => line.startsWith("| "));
    const names = lines.map((line) => line.split("|")[1]?.trim());
    expect(names).toEqual(["hop", "---", "entry", "object", "log", "stream", "item", "p50, p99 to the sink"]);
    expect(lines[5]).toBe("| stream | ✅ 5/5 |  |");
  });

  it("lets nothing from outside out of its place", () => {
    const text = renderMarkdown(hostile);
    const lines = text.split("\n");
    expect(lines.filter((line) => line.startsWith("| hop"))[0]?.split(/(?<!\\)\|/)).toHaveLength(4);
    const fence = lines.find((line) => line.startsWith("```")) ?? "";
    expect(fence).toBe("````hcl");
    const outside = text.replace(/^````hcl$.*?^````$/ms, "");
    expect(outside).not.toMatch(/<script|@someone|(?<!\\)\*\*bold|(?<!\\)\[a|^# next/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it("neither makes a heading nor a list of a line that begins like one", () => {
    const text = renderMarkdown(
      report(
        [passing({ statement: "# one" }), passing({ statement: "- two" }), passing({ statement: "3. three" })],
        "pass",
      ),
    );
    expect(text).toContain("- \\# one");
    expect(text).toContain("- \\- two");
    expect(text).toContain("- 3\\. three");
  });

  it("stays within a comment of GitHub, and says what it leaves out", () => {
    const many = [
      ...Array.from({ length: 60 }, (_, index) =>
        failing({ evidence: Array.from({ length: 40 }, () => `line ${index} of some length`) }),
      ),
      ...Array.from({ length: 400 }, () => passing()),
    ];
    const text = renderMarkdown(report(many, "fail"));
    expect(text.length).toBeLessThan(65_536);
    expect(text.match(/^### ❌/gm)).toHaveLength(20);
    expect(text).toContain("and 40 more findings in report.html");
    expect(text).toContain("and 28 more lines in report.html");
    expect(text).toContain("and 250 more lines in report.html");
  });
});
