import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failing, passing, report, unknown } from "../model/testing/reports.ts";
import { renderJson } from "./json.ts";
import { readReport } from "./read-report.ts";
import { renderText } from "./text.ts";

const VERSION_1 = readFileSync(join(import.meta.dirname, "testing", "report-v1.json"), "utf8");
const severityOf = (code: string) => (code === "table.no-recovery" ? ("advice" as const) : ("flow" as const));
const read = (text: string) => readReport(text, "report.json", severityOf);

describe("a report that was recorded", () => {
  it("is read as it was written", () => {
    const written = report([failing(), unknown(), passing()], "fail");
    expect(read(renderJson(written))).toEqual(written);
  });

  it("of version 1 keeps all that it said; its evidence is not taken apart", () => {
    const before = JSON.parse(VERSION_1);
    const { findings, ...rest } = read(VERSION_1);
    expect(rest).toEqual({ ...before, version: 2, findings: undefined });
    expect(findings).toEqual(
      before.findings.map((finding: { code: string; remedy: string | null }) => ({
        ...finding,
        severity: severityOf(finding.code),
        consequences: [],
        remedy: finding.remedy === null ? null : { text: finding.remedy },
      })),
    );
    expect(findings.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(["fail", "unknown", "pass"]));
    expect(renderText(read(VERSION_1))).toContain("FAIL  event.lost  alb-to-table");
  });

  it.each([
    ["is not JSON", "{", "it is not JSON"],
    ["has another version", JSON.stringify({ ...JSON.parse(VERSION_1), version: 3 }), "field version"],
    ["of version 1 has no findings", '{"version":1}', "field findings"],
    ["of version 1 lacks a field", JSON.stringify({ ...JSON.parse(VERSION_1), verdict: undefined }), "field verdict"],
  ])("is refused where it %s", (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });
});
