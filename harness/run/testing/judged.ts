import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { packageRoot } from "../../deployment/package-root.ts";
import type { Fact } from "../../model/fact.ts";
import { FINDING_CODES } from "../../model/finding-code.ts";
import type { Report } from "../../model/report.ts";
import type { Verdict } from "../../model/verdict.ts";
import { LoadHistory } from "../../reconcile/load/testing/load-history.ts";
import { renderJson } from "../../report/json.ts";
import { judge } from "../judge.ts";

const schema = JSON.parse(readFileSync(join(packageRoot(), "harness", "report", "report.schema.json"), "utf8"));
const conforms = new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(schema);

/** Judges, and holds the report to what every report must be. */
export function judged(facts: readonly Fact[]): Report {
  const report = judge(facts);
  expect(conforms(JSON.parse(renderJson(report))), JSON.stringify(conforms.errors)).toBe(true);
  expect(report.findings.map(({ code }) => code).filter((code) => !(code in FINDING_CODES))).toEqual([]);
  expect(report.events.intended).toBeGreaterThanOrEqual(report.events.acked);
  return report;
}

/** The codes of the findings with this verdict, in the report's order. */
export function codes({ findings }: Report, verdict: Verdict): string[] {
  return findings.filter((finding) => finding.verdict === verdict).map(({ code }) => code);
}

/** A healthy run of ten seconds at 100 events/s. */
export const steady = (): LoadHistory => new LoadHistory().phase(100, 10);
