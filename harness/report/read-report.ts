import { z } from "zod";
import { CannotRun } from "../model/errors.ts";
import {
  type Finding,
  failingFinding,
  passingFinding,
  type Severity,
  type Stated,
  unknownFinding,
} from "../model/finding.ts";
import { type Report, reportSchema } from "../model/report.ts";

/** A finding as `report.json` had it before version 2: no severity, consequences as sentences of the evidence, a remedy of words only. */
const findingV1Schema = z.strictObject({
  code: z.string(),
  verdict: z.enum(["pass", "unknown", "fail"]),
  scenario: z.string(),
  subject: z.string(),
  statement: z.string(),
  evidence: z.array(z.string()),
  cause: z.string().nullable(),
  remedy: z.string().nullable(),
});

const VERSION_1 = z.looseObject({ version: z.literal(1) });
const reportV1Schema = VERSION_1.extend({ findings: z.array(findingV1Schema) });

/**
 * The report in a `report.json` of any version.
 *
 * @param place What the text is read from, for the error.
 * @param severityOf The severity of a finding by its code, which version 1 does not say.
 * @throws CannotRun `report.invalid`.
 */
export function readReport(text: string, place: string, severityOf: (code: string) => Severity): Report {
  const value = parseJson(text, place);
  if (!VERSION_1.safeParse(value).success) return validated(reportSchema, value, place);
  return validated(reportSchema, upgrade(validated(reportV1Schema, value, place), severityOf), place);
}

function validated<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(place, `field ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(place, "it is not JSON");
  }
}

function invalid(place: string, reason: string): CannotRun {
  return new CannotRun({
    code: "report.invalid",
    message: `This is no report of stackproof: ${reason}`,
    place,
    remedy: "Name the report.json of a run, or its journal.ndjson.",
  });
}

function upgrade({ findings, ...rest }: z.infer<typeof reportV1Schema>, severityOf: (code: string) => Severity) {
  return { ...rest, version: 2, findings: findings.map((one) => upgradeFinding(one, severityOf(one.code))) };
}

function upgradeFinding(
  { verdict, cause, remedy, ...said }: z.infer<typeof findingV1Schema>,
  severity: Severity,
): Finding {
  const stated: Stated = { ...said, severity };
  const text = remedy ?? "";
  switch (verdict) {
    case "pass":
      return passingFinding(stated);
    case "unknown":
      return unknownFinding(stated, { text });
    case "fail":
      return failingFinding(stated, cause ?? "", { text });
    default:
      return verdict satisfies never;
  }
}
