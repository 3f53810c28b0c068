import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { reportJsonSchema, reportSchema } from "../model/report.ts";
import { failing, passing, report, unknown } from "../model/testing/reports.ts";
import { renderJson } from "./json.ts";
import onDisk from "./report.schema.json" with { type: "json" };

const conforms = new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(onDisk);
const document = () => JSON.parse(renderJson(report([failing(), unknown(), passing()], "fail")));

describe("the schema of report.json", () => {
  it("is, in the repository, what the code makes of it (README: how to write it anew)", () => {
    expect(onDisk).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  it("holds every report, by the JSON Schema and by the one it was made from", () => {
    const reports = [
      report([failing(), unknown(), passing()], "fail"),
      report([], "unknown", { scenarios: [], latency: { kind: "none" } }),
    ];
    for (const one of reports) {
      expect(conforms(JSON.parse(renderJson(one))), JSON.stringify(conforms.errors)).toBe(true);
      expect(reportSchema.parse(JSON.parse(renderJson(one)))).toEqual(one);
    }
  });

  it.each([
    ["a failing finding without a cause", "findings.0.cause", null],
    ["an unknown finding without a remedy", "findings.1.remedy", null],
    ["a remedy without a text", "findings.0.remedy", { terraform: { hcl: "enabled = true" } }],
    ["a finding without a severity", "findings.0.severity", undefined],
    ["a severity that there is not", "findings.0.severity", "warning"],
    ["a passing finding with a cause", "findings.2.cause", "none"],
    ["a verdict that there is not", "verdict", "warn"],
    ["a negative count", "events.lost", -1],
    ["a latency without its percentiles", "latency", { kind: "measured" }],
    ["a field that nobody knows", "run.password", "secret"],
    ["a field left out", "run.id", undefined],
  ])("refuses %s", (_, path, value) => {
    const changed = document();
    set(changed, path.split("."), value);
    const text = JSON.parse(JSON.stringify(changed));
    expect(conforms(text)).toBe(false);
    expect(reportSchema.safeParse(text).success).toBe(false);
  });
});

function set(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = "", ...rest] = path;
  if (rest.length === 0) target[head] = value;
  else set(child(target, head), rest, value);
}

function child(target: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = target[name];
  if (typeof value !== "object" || value === null) throw new Error(`no ${name}`);
  return Object.assign(value);
}
