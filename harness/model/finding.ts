import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

/** A finding of one verdict: what caused it and what to do are null where the verdict leaves nothing to say. */
function findingOf<V extends string, C extends z.ZodType, R extends z.ZodType>(verdict: V, cause: C, remedy: R) {
  return z.strictObject({
    /** Stable, for `--only`, catalogues and CI: `event.lost`. */
    code: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
    verdict: z.literal(verdict),
    scenario: z.string(),
    /** What it is about: `alb-to-table / stream`. */
    subject: z.string(),
    /** One sentence. */
    statement: z.string(),
    /** What was seen, most telling first: tags, sequence numbers, log streams, numbers with units. */
    evidence: z.array(z.string()),
    cause,
    remedy,
  });
}

/** A judged statement with a stable code. A failing one always has a cause and a remedy; where the cause is not known, `cause` says so. */
export const findingSchema = z.discriminatedUnion("verdict", [
  findingOf("pass", z.null(), z.null()),
  findingOf("unknown", z.null(), z.string().min(1)),
  findingOf("fail", z.string().min(1), z.string().min(1)),
]);

export type Finding = DeepReadonly<z.infer<typeof findingSchema>>;

/** What a finding says, whatever its verdict. */
export type Stated = Pick<Finding, "code" | "scenario" | "subject" | "statement" | "evidence">;

export function passingFinding({ code, scenario, subject, statement, evidence }: Stated): Finding {
  return { code, verdict: "pass", scenario, subject, statement, evidence, cause: null, remedy: null };
}

/** @param remedy What to do so that it can be known. */
export function unknownFinding({ code, scenario, subject, statement, evidence }: Stated, remedy: string): Finding {
  return { code, verdict: "unknown", scenario, subject, statement, evidence, cause: null, remedy };
}

export function failingFinding(
  { code, scenario, subject, statement, evidence }: Stated,
  cause: string,
  remedy: string,
): Finding {
  return { code, verdict: "fail", scenario, subject, statement, evidence, cause, remedy };
}
