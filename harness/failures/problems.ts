import type { VariantRun } from "./run-variant.ts";
import type { BrokenVariant, OutsideVariant } from "./variant.ts";

type Finding = NonNullable<VariantRun["report"]>["findings"][number];

/** What is wrong with a run of a broken variant, in words; nothing where the row was caught, alone, with its cause. */
export function problemsOfBroken(code: string, variant: BrokenVariant, run: VariantRun): readonly string[] {
  if (variant.refuses === true) return problemsOfRefused(code, variant, run);
  if (run.report === undefined) return [`no report: exit code ${run.exitCode}\n${run.stderr}`];
  const { findings } = run.report;
  const ofRow = findings.filter((finding) => finding.verdict === "fail" && finding.code === code);
  return [
    ...(run.exitCode === 1 ? [] : [`exit code ${run.exitCode}`]),
    ...(ofRow.length > 0 ? [] : [`${code} does not fail`]),
    ...(ofRow.length === 0 || hasCause(ofRow, variant)
      ? []
      : [`no cause holds "${variant.cause}": ${causesOf(ofRow)}`]),
    ...findings.filter((finding) => isBeside(finding, code, variant)).map(describe),
    ...problemsOfStops(variant, ofRow),
  ];
}

function problemsOfRefused(
  code: string,
  { cause }: BrokenVariant,
  { exitCode, stderr }: VariantRun,
): readonly string[] {
  return [
    ...(exitCode === 3 ? [] : [`exit code ${exitCode}`]),
    ...[code, cause]
      .filter((text) => !stderr.includes(text))
      .map((text) => `the error does not hold "${text}": ${stderr}`),
  ];
}

/** All other rows are silent, and nothing is told twice. */
function isBeside({ code, verdict }: Finding, ofRow: string, { leavesUnknown }: BrokenVariant): boolean {
  if (verdict === "unknown") return leavesUnknown !== true;
  return verdict === "fail" && code !== ofRow;
}

/** Caught: the row fails. */
export function isCaught(code: string, variant: BrokenVariant, run: VariantRun): boolean {
  if (variant.refuses === true) return problemsOfRefused(code, variant, run).length === 0;
  const { report } = run;
  return report?.findings.some((finding) => finding.verdict === "fail" && finding.code === code) === true;
}

/** The row fails with the cause that was planted. */
export function hasRightCause(code: string, variant: BrokenVariant, run: VariantRun): boolean {
  if (variant.refuses === true) return problemsOfRefused(code, variant, run).length === 0;
  const { report } = run;
  const ofRow = report?.findings.filter((finding) => finding.verdict === "fail" && finding.code === code) ?? [];
  return hasCause(ofRow, variant);
}

/** What is wrong with a run of a healthy variant. */
export function problemsOfHealthy(run: VariantRun): readonly string[] {
  if (run.report === undefined) return [`no report: exit code ${run.exitCode}\n${run.stderr}`];
  const { findings } = run.report;
  return [
    ...(run.exitCode === 0 ? [] : [`exit code ${run.exitCode}`]),
    ...findings.filter(({ verdict }) => verdict !== "pass").map(describe),
  ];
}

/** What is wrong with a run of something broken that no rule knows. */
export function problemsOfOutside(variant: OutsideVariant, run: VariantRun): readonly string[] {
  if (run.report === undefined) return [`no report: exit code ${run.exitCode}\n${run.stderr}`];
  const failing = run.report.findings.filter(({ verdict }) => verdict === "fail");
  const places = failing.map(({ code, subject }) => `${code} at ${subject}`);
  const told = failing.map((finding) => JSON.stringify(finding)).join("\n");
  return [
    ...(run.exitCode === 1 ? [] : [`exit code ${run.exitCode}`]),
    ...variant.fails.filter((place) => !places.includes(place)).map((place) => `does not fail: ${place}`),
    ...failing
      .filter((_, index) => ![...variant.fails, ...(variant.mayFail ?? [])].includes(places[index] ?? ""))
      .map(describe),
    ...variant.shows.filter((text) => !told.includes(text)).map((text) => `is not shown: ${text}\n${told}`),
  ];
}

function hasCause(findings: readonly Finding[], { cause }: BrokenVariant): boolean {
  return findings.some((finding) => finding.cause?.includes(cause));
}

function causesOf(findings: readonly Finding[]): string {
  return findings.map(({ cause }) => cause ?? "").join(" | ");
}

/** Where events stop stands under the cause, and nothing else does. */
function problemsOfStops({ stops = [], mayStop = [] }: BrokenVariant, findings: readonly Finding[]): string[] {
  const told = findings.flatMap(({ consequences }) => consequences.map(({ code, subject }) => `${code} at ${subject}`));
  return [
    ...stops.filter((stop) => !told.includes(stop)).map((stop) => `not among its consequences: ${stop}`),
    ...[...new Set(told)]
      .filter((stop) => !stops.includes(stop) && !mayStop.includes(stop))
      .map((stop) => `a consequence that was not expected: ${stop}`),
  ];
}

function describe(finding: Finding): string {
  const { verdict, code, subject, statement, evidence, cause } = finding;
  const why = cause === null ? "" : ` Cause: ${cause}`;
  return `${verdict} ${code} at ${subject}: ${statement}${why} [${evidence.slice(0, 3).join(" | ").slice(0, 400)}]`;
}
