import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { LoadEngineTold } from "../../model/load-fact.ts";

const schema = z.object({ aggregate: z.object({ counters: z.record(z.string(), z.number()) }) });

export type EngineReport =
  | { readonly kind: "read"; readonly counters: Readonly<Record<string, number>> }
  | { readonly kind: "missing"; readonly reason: string };

/** All counters of the JSON that `--output` writes when a run came to its end. */
export function readEngineReport(file: string): EngineReport {
  if (!existsSync(file)) return { kind: "missing", reason: `Artillery wrote no report to ${file}` };
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) return { kind: "read", counters: parsed.data.aggregate.counters };
    return { kind: "missing", reason: `${file} has no counters: ${z.prettifyError(parsed.error)}` };
  } catch (error) {
    return { kind: "missing", reason: `${file} cannot be read: ${error instanceof Error ? error.message : error}` };
  }
}

/** Those of Artillery's own counters that are held against the ledger. */
export function ownCounters(report: EngineReport): LoadEngineTold["report"] {
  if (report.kind === "missing") return report;
  const own = Object.entries(report.counters).filter(
    ([name]) => /^(http|errors|vusers)\./.test(name) && !name.startsWith("vusers.created_by_name."),
  );
  return { kind: "read", counters: Object.fromEntries(own) };
}
