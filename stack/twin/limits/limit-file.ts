import { z } from "zod";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { plantedFile } from "../model/planted-file.ts";
import type { Limits } from "./aws-limits.ts";

/** The limits that a file plants in the place of AWS' own. */
export type PlantedLimits = Partial<Limits>;

const rate = z.number().positive().max(1e9);

const limitFile = z.strictObject({
  $schema: z.string().optional(),
  shardRecordsPerSecond: rate.optional(),
  shardBytesPerSecond: rate.optional(),
  shardReadsPerSecond: rate.optional(),
  tableBurstSeconds: z.number().min(0).max(300).optional(),
  accountConcurrency: z.int().min(1).max(100_000).optional(),
  functionDurationMs: z.record(z.string(), z.number().min(0).max(900_000)).optional(),
  apiRequestsPerSecond: rate.optional(),
  apiBurst: z.int().min(1).max(1_000_000).optional(),
});

const EXAMPLE = '{ "shardRecordsPerSecond": 100, "functionDurationMs": { "my-function": 200 } }';

/** Reads the text of a limit file; `file` is named in errors, and `functionNames` are those that there are. */
export function readLimitFile(text: string, file: string, functionNames: readonly string[]): BootResult<PlantedLimits> {
  const notJson = `Write it like this: ${EXAMPLE}`;
  const invalid = `Its fields are ${FIELDS.join(", ")}, all optional. ${notJson}`;
  const read = plantedFile(text, file, "limit", limitFile, { notJson, invalid });
  if (read.kind === "error") return read;
  const { $schema: _, ...limits } = read.value;
  const unknown = Object.keys(limits.functionDurationMs ?? {}).find((name) => !functionNames.includes(name));
  if (unknown !== undefined) {
    return bootError(
      "limits.invalid",
      `The state has no function "${unknown}".`,
      `${file}, functionDurationMs.${unknown}`,
      `Use one of ${functionNames.join(", ")}.`,
    );
  }
  return { kind: "ok", value: withoutUndefined(limits) };
}

const FIELDS = Object.keys(limitFile.shape).filter((field) => field !== "$schema");

/** What the file leaves out stays AWS' own. */
function withoutUndefined(limits: { readonly [Name in keyof Limits]?: Limits[Name] | undefined }): PlantedLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
