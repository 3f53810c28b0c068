import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CanaryRun } from "../../model/canary.ts";
import { CannotRun } from "../../model/errors.ts";
import { appendToHistory, readHistory } from "./history.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canary-history-"));
  path = join(folder, "kept", "history.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (runId: string, at: string, stack = "mine"): CanaryRun => ({
  version: 1,
  runId,
  at,
  stack,
  verdict: "pass",
  sinkLatencyMs: 1,
  metricsFreshnessMs: null,
  failing: [],
  calls: 2,
  costUsd: 0.5,
});
const ids = (runs: readonly CanaryRun[]) => runs.map(({ runId }) => runId);

describe("the history of a canary", () => {
  it("is empty before the first run, and gives back what was added, oldest first", () => {
    expect(readHistory(path, "mine")).toEqual([]);
    appendToHistory(path, run("b", "2026-11-22T10:00:00Z"));
    appendToHistory(path, run("a", "2026-11-22T09:00:00Z"));
    expect(ids(readHistory(path, "mine"))).toEqual(["a", "b"]);
  });

  it("keeps the runs of other stacks apart", () => {
    appendToHistory(path, run("a", "2026-11-22T10:00:00Z", "mine"));
    appendToHistory(path, run("b", "2026-11-22T10:00:00Z", "another"));
    expect(ids(readHistory(path, "mine"))).toEqual(["a"]);
  });

  it("survives a run that was killed while it wrote", () => {
    appendToHistory(path, run("a", "2026-11-22T10:00:00Z"));
    appendFileSync(path, '{"version":1,"runId":"cu');
    expect(ids(readHistory(path, "mine"))).toEqual(["a"]);
    appendToHistory(path, run("b", "2026-11-22T11:00:00Z"));
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(4);
    expect(ids(readHistory(path, "mine"))).toEqual(["a", "b"]);
  });

  it("is refused with file and line where it is something else", () => {
    const other = join(folder, "other.ndjson");
    writeFileSync(other, `${JSON.stringify(run("a", "2026-11-22T10:00:00Z"))}\n{"version":2}\n\n`);
    expect(() => readHistory(other, "mine")).toThrow(CannotRun);
    expect(() => readHistory(other, "mine")).toThrow(/other\.ndjson, line 2, field version/);
  });
});
