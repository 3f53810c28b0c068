import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judge } from "../run/judge.ts";
import { readJournal } from "./reader.ts";

const FOLDER = join(import.meta.dirname, "testing", "recorded");

describe.each([
  ["verify", "pass"],
  ["verify-broken", "fail"],
  ["canary", "pass"],
  ["load-search", "pass"],
] as const)("the recorded journal of %s", (name, verdict) => {
  const path = join(FOLDER, `${name}.ndjson`);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");

  it("is read with every field of every fact", () => {
    expect(readJournal(path)).toEqual(lines.map((line) => JSON.parse(line)));
  });

  it(`is judged as then: ${verdict}`, () => {
    const { scenarios } = judge(readJournal(path));
    expect(scenarios.map((scenario) => scenario.verdict)).toEqual(scenarios.map(() => verdict));
    expect(scenarios.length).toBeGreaterThan(0);
  });
});
