import { describe, expect, test } from "vitest";
import { readLimitFile } from "./limit-file.ts";

const read = (limits: unknown) => readLimitFile(JSON.stringify(limits), "limits.json", ["ingest", "content"]);

const everything = {
  shardRecordsPerSecond: 100,
  shardBytesPerSecond: 50_000,
  shardReadsPerSecond: 2,
  tableBurstSeconds: 0,
  accountConcurrency: 10,
  functionDurationMs: { ingest: 200 },
  apiRequestsPerSecond: 20,
  apiBurst: 5,
};

describe("a limit file", () => {
  test("may name every limit, or none", () => {
    expect(read(everything)).toEqual({ kind: "ok", value: everything });
    expect(read({})).toEqual({ kind: "ok", value: {} });
  });

  test.each([
    ["a name that is no limit", { shardRecordPerSecond: 1 }, "shardRecordPerSecond"],
    ["a rate of nothing", { shardRecordsPerSecond: 0 }, "shardRecordsPerSecond"],
    ["text for a number", { apiBurst: "5" }, "apiBurst"],
    ["a burst beyond 300 s", { tableBurstSeconds: 301 }, "tableBurstSeconds"],
    ["a duration below nothing", { functionDurationMs: { ingest: -1 } }, "functionDurationMs.ingest"],
    ["a function that the state lacks", { functionDurationMs: { ingets: 1 } }, "functionDurationMs.ingets"],
    ["a list", [], "the whole"],
  ])("with %s is refused, and the field is named", (_what, limits, field) => {
    expect(read(limits)).toMatchObject({
      kind: "error",
      error: { code: "limits.invalid", place: `limits.json, ${field}`, remedy: expect.stringMatching(/./) },
    });
  });

  test("that is no JSON is refused", () => {
    expect(readLimitFile("{", "limits.json", [])).toMatchObject({
      kind: "error",
      error: { code: "limits.not-json", place: "limits.json" },
    });
  });
});
