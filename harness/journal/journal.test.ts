import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import type { Fact } from "../model/fact.ts";
import { readJournal } from "./reader.ts";
import { openJournal } from "./writer.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "run", "journal.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true }));

const facts: Fact[] = [
  { fact: "intended", atMs: 1, scenario: "s", tag: "sp-r-p-0", intendedAtMs: 1.5, sizeBytes: 30 },
  { fact: "sent", atMs: 2, scenario: "s", tag: "sp-r-p-0", sentAtMs: 2 },
  {
    fact: "answered",
    atMs: 3,
    scenario: "s",
    tag: "sp-r-p-0",
    doneAtMs: 3,
    outcome: { kind: "unknown", reason: "timeout", status: null, answer: 'line one\nline two \u2028 {"a":1}' },
  },
  {
    fact: "wait-ended",
    atMs: 4,
    scenario: "s",
    hop: "item",
    startedAtMs: 1,
    attempts: 2,
    ending: { kind: "deadline", lastError: null },
  },
  { fact: "run-ended", atMs: 5 },
];

function writeAll(): void {
  const journal = openJournal(path);
  for (const fact of facts) journal.append(fact);
  journal.close();
}

function problemOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof CannotRun) return error.problem;
  }
  throw new Error("expected CannotRun");
}

describe("the journal", () => {
  it("reads back exactly what was written", () => {
    writeAll();
    expect(readJournal(path)).toEqual(facts);
  });

  it("has every fact on disk before append returns", () => {
    const journal = openJournal(path);
    for (const [index, fact] of facts.entries()) {
      journal.append(fact);
      expect(readFileSync(path, "utf8").split("\n").length - 1).toBe(index + 1);
    }
    journal.close();
  });

  it("drops facts of stragglers after it was closed", () => {
    writeAll();
    const journal = openJournal(join(folder, "other.ndjson"));
    journal.close();
    journal.append({ fact: "run-ended", atMs: 9 });
    expect(journal.facts).toEqual([]);
  });

  it("never writes into the journal of another run", () => {
    writeAll();
    expect(() => openJournal(path)).toThrow("EEXIST");
  });

  it("leaves out a last line that a killed process did not finish", () => {
    writeAll();
    appendFileSync(path, '{"fact":"sent","atMs":');
    expect(readJournal(path)).toEqual(facts);
  });

  it.each([
    ["a line that is no JSON", "oops\n", "line 1", "not JSON"],
    ["a fact of unknown kind", '{"fact":"guessed","atMs":1}\n', "line 1", "field fact"],
    [
      "a field of the wrong type",
      `${JSON.stringify(facts[0])}\n{"fact":"run-ended","atMs":"soon"}\n`,
      "line 2",
      "field atMs",
    ],
  ])("refuses %s and names the line", (_, text, line, reason) => {
    const other = join(folder, "other.ndjson");
    writeFileSync(other, text);
    const problem = problemOf(() => readJournal(other));
    expect(problem.place).toContain(line);
    expect(problem.message).toContain(reason);
  });

  it.each([
    ["absent", undefined, "journal.unreadable"],
    ["empty", "", "journal.empty"],
    ["without a whole line", '{"fact"', "journal.empty"],
  ])("says that a journal is %s", (_, text, code) => {
    const other = join(folder, "other.ndjson");
    if (text !== undefined) writeFileSync(other, text);
    expect(problemOf(() => readJournal(other)).code).toBe(code);
  });
});
