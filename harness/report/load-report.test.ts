import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { LoadReport } from "../model/load-report.ts";
import { reportSchema } from "../model/report.ts";
import { passing, report } from "../model/testing/reports.ts";
import { searchedLoad } from "./html/testing/load.ts";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import onDisk from "./report.schema.json" with { type: "json" };
import { renderText } from "./text.ts";

const HOSTILE = `<script>alert("1")</script> | \u001b[31mred\u001b[0m\r\n# heading \u0000 @someone **bold** [a](b)`;
const conforms = new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(onDisk);
const reportOf = (load: LoadReport) => report([passing()], "pass", { loads: [load] });
const searched = searchedLoad(60, 4);
const plain: LoadReport = { ...searched, capacity: { kind: "not-searched" }, recommendation: null };

describe("a load in the text for people", () => {
  it("shows its phases, why some broke, what the stack carries, what to set, what it costs and what stays", () => {
    const text = renderText(reportOf(searched));
    expect(text.slice(text.indexOf("load of"), text.indexOf("\n\nverify of"))).toMatchInlineSnapshot(`
      "load of alb-to-table: a search from 50/s to 4,000/s in steps of 30 s, 1 in a
      request, 4 threads
          phase    rate  for acked errors entry p99 sink p99 late p99
        ✓ warm-up  50/s 15 s  50/s     0%     81 ms   304 ms   1.2 ms
        ✓ search  100/s 15 s 100/s     0%     82 ms   309 ms   1.2 ms
        ✓ search  200/s 15 s 200/s     0%     85 ms   318 ms   1.2 ms
        ✓ search  400/s 15 s 400/s     0%     91 ms   340 ms   1.2 ms
        entry   p50 12 ms, p90 28 ms, p99 67 ms, p99.9 160 ms, max 900 ms
        to sink p50 180 ms, p90 430 ms, p99 1 s, p99.9 2.5 s, max 14 s
        carries 400 events/s; nothing broke up to the highest rate tried. Held twice
                for 30 s at 400 events/s.
        burst   2,400/s for 41 s: WriteThrottleEvents began 41 s into the step
        held by shard-records of stream stackproof-dev-events, at 2,000 events/s:
                WriteProvisionedThroughputExceeded 14,210 in the minute of the first
                broken step; 2 shards of 1,000 records/s each
        next    table-write-capacity of table stackproof-dev-events, at 3,200
                events/s: 400 write units at most by the autoscaling target
        to do   for 4,000 events/s set:
                stream_shard_count = 5 (is 2): 4,000 events/s need 4 shards of 1,000
                records/s, and one to spare.
                table_write_capacity = 40 to 5000 (is 10 to 400): One write unit an
                event of up to 1 KB.
                by hand: Ask for 3,000 concurrent Lambda executions: the account's
                quota is 1,000.
        costs   $43.21 a month now, $1,387.50 then (prices of 2026-11-01)
        proof   60 s with p99 38 ms and no throttle, on the twin with these variables.
        data    843,112 items expire by TTL within 24 h."
    `);
  });

  it("says of a profile no more than its phases and latencies", () => {
    const text = renderText(reportOf(plain));
    expect(text).toContain("  entry   p50");
    expect(text).not.toContain("  carries");
    expect(text).not.toContain("  costs");
  });

  it("stays within 80 columns, whatever its numbers", () => {
    const phases = searched.phases.map((phase) => ({
      ...phase,
      plan: { ...phase.plan, fromEventsPerSecond: 12_345, toEventsPerSecond: 123_456, durationMs: 999_000 },
      ackedEventsPerSecond: 123_456.7,
      entryP99Ms: 59_999,
      sinkP99Ms: 59_999,
      sendDelayP99Ms: 59_999,
      why: "word ".repeat(40),
    }));
    const lines = renderText(reportOf({ ...searched, phases })).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it("names how many phases it leaves out", () => {
    expect(renderText(reportOf(searchedLoad(400, 40)))).toContain("and 10 more phases in report.json");
  });

  it("lets nothing that a service said drive the terminal", () => {
    const load = {
      ...searched,
      scenario: HOSTILE,
      cleanup: HOSTILE,
      phases: searched.phases.map((phase) => ({ ...phase, holds: "fail" as const, why: HOSTILE })),
    };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(renderText(reportOf(load))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe("a load in Markdown", () => {
  it("has its phases in a table, the variables in a fence and the cost", () => {
    const markdown = renderMarkdown(reportOf(searched));
    expect(markdown).toContain("## Load of alb-to-table: a search from 50/s to 4,000/s");
    expect(markdown).toContain("| ✅ | warm-up | 50/s |");
    expect(markdown).toContain("```hcl\nstream_shard_count = 5\n");
    expect(markdown).toContain("| **all** | **$43.21** | **$1,387.50** |");
  });

  it("keeps its cells whatever a service said", () => {
    const load = {
      ...searched,
      phases: searched.phases.map((phase) => ({ ...phase, holds: "fail" as const, why: HOSTILE })),
    };
    const rows = renderMarkdown(reportOf(load))
      .split("\n")
      .filter((line) => line.startsWith("| ❌"));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(12);
  });
});

describe("a load in report.json", () => {
  it.each([
    ["searched", searched],
    ["of a profile", plain],
    ["whose capacity is not known", { ...searched, capacity: { kind: "unknown", reason: "no metric came" } } as const],
  ])("is held by the schema, %s", (_, load) => {
    const document = JSON.parse(renderJson(reportOf(load)));
    expect(conforms(document), JSON.stringify(conforms.errors)).toBe(true);
    expect(reportSchema.parse(document)).toEqual(reportOf(load));
    expect(document.loads).toEqual([load]);
  });

  it("is refused with a field that nobody knows, and with a limit that there is not", () => {
    const document = JSON.parse(renderJson(reportOf(searched)));
    const [load] = document.loads;
    expect(conforms({ ...document, loads: [{ ...load, secret: 1 }] })).toBe(false);
    const bottleneck = { ...load.capacity.bottleneck, limit: "the moon" };
    expect(conforms({ ...document, loads: [{ ...load, capacity: { ...load.capacity, bottleneck } }] })).toBe(false);
  });
});
