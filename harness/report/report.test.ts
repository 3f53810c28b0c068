import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { Report } from "../model/report.ts";
import { failing, passing, report, scenarioResult, unknown } from "../model/testing/reports.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderText } from "./text.ts";

const HOSTILE = `<script>alert("1")</script> & 'x' | \u001b[31mred\u001b[0m\r\nnext \u0000 ]]> \ud800 @someone **bold** [a](b)`;
const broken = report([failing(), unknown(), passing()], "fail");
const healthy = report([passing()], "pass", { scenarios: [scenarioResult({ verdict: "pass", hops: [] })] });
const hostile: Report = report(
  [
    failing({
      statement: HOSTILE,
      evidence: [HOSTILE],
      cause: HOSTILE,
      remedy: { text: HOSTILE, terraform: { hcl: HOSTILE } },
      subject: HOSTILE,
    }),
    passing(),
  ],
  "fail",
  { scenarios: [scenarioResult({ sentence: HOSTILE })] },
);

describe("text for people", () => {
  it("shows where the wire is cut, why, what to do, and the verdict last", () => {
    expect(renderText(broken)).toMatchInlineSnapshot(`
      "FAIL  alb-to-table  3.5 s
        What is posted to the load balancer stands in the table.
        entry 12/12 → ingest-log 12/12 → stream 7/12 ✗ → records 0/12 ?
          → processor-log 7/12 ? → table 7/12 ?
        12 intended, 12 acked, 7 arrived, 5 lost, 0 duplicated.
        latency p50 35 ms, p90 80 ms, p99 120 ms, max 120 ms; sent up to 3 ms late.

      FAIL  event.lost  alb-to-table / stream
        5 of 12 acked events were not seen at stream or after.
        why     cause not known: the wire into stream is cut
        to do   Look at what writes to stream events.
        seen  - lost: sp-r1-alb-7, sp-r1-alb-8

      UNKNOWN  metric.missing  alb-to-table / records
        records: no datapoint came; that is no data, not zero.
        to do   Raise the deadline metricsMs.

      verify of the twin, not AWS: account 123456789012, eu-west-1, from state.json
        12 intended, 12 acked, 7 arrived, 5 lost, 0 duplicated; findings: 1 failing, 1
        unknown, 1 passing.
      FAIL  run 20261122t015900x7f3a9c, 12.3 s
      "
    `);
  });

  it("says of a healthy run no more than its hops and its verdict", () => {
    expect(renderText(healthy)).not.toContain("hop.seen");
    expect(renderText(healthy).trimEnd().split("\n").at(-1)).toBe("PASS  run 20261122t015900x7f3a9c, 12.3 s");
  });

  it("names acked events that nobody could account for beside those that were lost", () => {
    const events = { ...broken.events, arrived: 4, unaccounted: 3 };
    expect(renderText({ ...broken, events })).toContain("4 arrived, 5 lost, 3 not accounted for, 0 duplicated;");
  });

  it("stays within 80 columns but for words that are longer", () => {
    const long = failing({ statement: "word ".repeat(60), evidence: [`${"a".repeat(100)} ${"word ".repeat(40)}`] });
    const hops = Array.from({ length: 20 }, (_, index) => ({
      name: `hop-${index}`,
      kind: "log",
      expected: 12,
      seen: 12,
      verdict: "pass" as const,
    }));
    const text = renderText(report([long], "fail", { scenarios: [scenarioResult({ hops })] }));
    const tooLong = text.split("\n").filter((line) => line.length > 80);
    expect(tooLong.map((line) => line.replace("  seen  - ", ""))).toEqual(["a".repeat(100)]);
  });

  it("colours each verdict by the functions it is given, and changes no character", () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const colours = { green: mark("g"), yellow: mark("y"), red: mark("r"), bold: mark("b"), dim: mark("d") };
    const coloured = renderText(broken, colours);
    expect(coloured).toContain("<r>stream 7/12 ✗</r>");
    expect(coloured).toContain("<g>entry 12/12</g>");
    expect(coloured).toContain("<b><y>UNKNOWN</y></b>");
    expect(coloured.replaceAll(/<\/?[gyrbd]>/g, "")).toBe(renderText(broken));
  });

  it("lets no answer of a service drive the terminal", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(renderText(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("says what followed from a finding below what shows it, and the Terraform below the remedy, not wrapped", () => {
    const hcl = `{\n  Action = ["${"kinesis:PutRecord".repeat(9)}"]\n}`;
    const consequence = {
      code: "event.lost",
      subject: "a / item",
      statement: "5 were lost.",
      evidence: ["lost: sp-1"],
    };
    const finding = failing({
      remedy: { text: "Change it:", terraform: { address: "aws_iam_role_policy.r", hcl } },
      consequences: [consequence],
    });
    expect(renderText(report([finding], "fail"))).toContain(`
  to do   Change it:
          # aws_iam_role_policy.r
          {
            Action = ["${"kinesis:PutRecord".repeat(9)}"]
          }
  seen  - lost: sp-r1-alb-7, sp-r1-alb-8
        - so event.lost at a / item: 5 were lost.
        - lost: sp-1
`);
  });

  it("tells of an interruption", () => {
    const interrupted = report([passing()], "pass", { run: { ...healthy.run, interrupted: true } });
    expect(renderText(interrupted)).toContain("(interrupted)");
  });
});

describe("junit.xml", () => {
  const parse = (xml: string) =>
    new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "testcase" || name === "testsuite" }).parse(
      xml,
    );

  it("has a suite per scenario and a case per finding: fail is a failure, unknown an error", () => {
    const { testsuites } = parse(renderJunit(broken));
    expect(testsuites).toMatchObject({ "@_tests": "3", "@_failures": "1", "@_errors": "1", "@_time": "12.345" });
    const [suite] = testsuites.testsuite;
    expect(suite).toMatchObject({ "@_name": "alb-to-table", "@_timestamp": "2026-11-22T01:59:00", "@_time": "3.456" });
    const [failed, errored, passed] = suite.testcase;
    expect(failed.failure).toMatchObject({ "@_type": "event.lost", "@_message": expect.stringContaining("5 of 12") });
    expect(failed.failure["#text"]).toContain("cause: cause not known: the wire into stream is cut");
    expect(errored.error["#text"]).toContain("to do: Raise the deadline metricsMs.");
    expect(passed).not.toHaveProperty("failure");
    expect(passed).not.toHaveProperty("error");
  });

  it("gives findings of no scenario a suite of their own", () => {
    const names = parse(renderJunit(report([unknown({ scenario: "run" })], "unknown"))).testsuites.testsuite;
    expect(names.map((suite: Record<string, string>) => suite["@_name"])).toEqual(["alb-to-table", "run"]);
  });

  it("gives two findings of one code and subject two names", () => {
    const [suite] = parse(renderJunit(report([failing(), failing()], "fail"))).testsuites.testsuite;
    expect(new Set(suite.testcase.map((one: Record<string, string>) => one["@_name"])).size).toBe(2);
  });

  it("stays XML whatever a service answered", () => {
    const xml = renderJunit(hostile);
    expect(XMLValidator.validate(xml)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(xml).not.toContain("<script>");
  });
});

describe("report.json", () => {
  it("gives every finding a cause and a remedy, null where there is none", () => {
    const { findings } = JSON.parse(renderJson(broken));
    expect(findings.map(({ cause, remedy }: Record<string, unknown>) => [cause, remedy])).toEqual([
      ["cause not known: the wire into stream is cut", { text: "Look at what writes to stream events." }],
      [null, { text: "Raise the deadline metricsMs." }],
      [null, null],
    ]);
  });
});
