import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

const SEVERITIES = ["flow", "advice"] as const;
const severitySchema = z
  .enum(SEVERITIES)
  .describe("flow: events do not get through, or would not; advice: hardening, recovery, cost, hygiene");

export type Severity = (typeof SEVERITIES)[number];

/** What to do about a finding. */
const remedySchema = z.strictObject({
  text: z.string().min(1),
  terraform: z
    .strictObject({
      /** Only where Terraform's state or folder named it. */
      address: z.string().optional().describe("the resource to change, as Terraform addresses it"),
      hcl: z.string().min(1).describe("as terraform fmt writes it"),
    })
    .optional(),
});

export type Remedy = DeepReadonly<z.infer<typeof remedySchema>>;

const code = z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/);

/** A failure that events showed and that this finding explains. */
const consequenceSchema = z.strictObject({
  code,
  subject: z.string(),
  statement: z.string(),
  evidence: z.array(z.string()),
});

export type Consequence = DeepReadonly<z.infer<typeof consequenceSchema>>;

/** A finding of one verdict: what caused it and what to do are null where the verdict leaves nothing to say. */
function findingOf<V extends string, C extends z.ZodType, R extends z.ZodType>(verdict: V, cause: C, remedy: R) {
  return z.strictObject({
    /** Stable, for `--only`, catalogues and CI: `event.lost`. */
    code,
    severity: severitySchema,
    verdict: z.literal(verdict),
    scenario: z.string(),
    /** What it is about: `alb-to-table / stream`. */
    subject: z.string(),
    /** One sentence. */
    statement: z.string(),
    /** What was seen, most telling first: tags, sequence numbers, log streams, numbers with units. */
    evidence: z.array(z.string()),
    consequences: z.array(consequenceSchema).describe("failures that follow from it and are no findings themselves"),
    cause,
    remedy,
  });
}

/** A judged statement with a stable code. A failing one always has a cause and a remedy; where the cause is not known, `cause` says so. */
export const findingSchema = z.discriminatedUnion("verdict", [
  findingOf("pass", z.null(), z.null()),
  findingOf("unknown", z.null(), remedySchema),
  findingOf("fail", z.string().min(1), remedySchema),
]);

export type Finding = DeepReadonly<z.infer<typeof findingSchema>>;

/** What a finding says, whatever its verdict. */
export type Stated = Pick<Finding, "code" | "severity" | "scenario" | "subject" | "statement" | "evidence"> &
  Partial<Pick<Finding, "consequences">>;

export function passingFinding(stated: Stated): Finding {
  return { ...about(stated), verdict: "pass", cause: null, remedy: null };
}

/** @param remedy What to do so that it can be known. */
export function unknownFinding(stated: Stated, remedy: Remedy): Finding {
  return { ...about(stated), verdict: "unknown", cause: null, remedy };
}

export function failingFinding(stated: Stated, cause: string, remedy: Remedy): Finding {
  return { ...about(stated), verdict: "fail", cause, remedy };
}

/** Only the fields that every verdict has, where `stated` is a whole finding. */
function about({ code, severity, scenario, subject, statement, evidence, consequences = [] }: Stated) {
  return { code, severity, scenario, subject, statement, evidence, consequences };
}
