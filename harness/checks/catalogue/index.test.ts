import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { judgeRules } from "../judge-rules.ts";
import { contextOf, healthyAccount, healthyAccountWithState } from "../testing/healthy-account.ts";
import { RULES } from "./index.ts";

const PIPELINES = [contextOf("alb"), contextOf("api"), contextOf("upload")];
const here = dirname(fileURLToPath(import.meta.url));
const FOLDERS = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Rules that only Terraform's state, folder or build can decide. */
const NEED_STATE = [
  "function.code-drift",
  "bucket.notification-overwritten",
  "function.package-unstable",
  "bucket.blocks-destroy",
  "outputs.incomplete",
];

describe("the rules", () => {
  it("are all registered: each is a folder named after its code, each once", () => {
    expect(RULES.map(({ code }) => code).sort()).toEqual([...FOLDERS].sort());
  });

  it.each(FOLDERS)("%s has a rule, its test and ways to break it", (folder) => {
    expect(readdirSync(join(here, folder)).sort()).toEqual(["failures.ts", "rule.test.ts", "rule.ts"]);
  });

  it("say in full what breaks and how to mend it", () => {
    for (const { title, breaks, remedy, reads } of RULES) {
      expect(title).not.toMatch(/\.$/);
      expect(breaks.length).toBeGreaterThan(20);
      expect(remedy.length).toBeGreaterThan(20);
      expect(reads.length).toBeGreaterThan(0);
    }
  });

  it("all pass on the healthy stack, of which everything is known", () => {
    const { results } = judgeRules(healthyAccountWithState().build(), PIPELINES, RULES);
    expect(results.filter(({ result }) => result.verdict !== "pass")).toEqual([]);
  });

  it("are each judged on the reference stack: no rule has nothing to say of all its pipelines", () => {
    const { results } = judgeRules(healthyAccountWithState().build(), PIPELINES, RULES);
    const judged = new Set(results.map(({ code }) => code));
    expect(RULES.map(({ code }) => code).filter((code) => !judged.has(code))).toEqual([]);
  });

  it("are off with outputs alone only where the account cannot show it, and say what to give", () => {
    const { results, off } = judgeRules(healthyAccount().build(), PIPELINES, RULES);
    expect(results.every(({ result }) => result.verdict === "pass")).toBe(true);
    const wanting = off.filter(({ whatToGive }) => whatToGive !== undefined);
    expect([...new Set(wanting.map(({ code }) => code))].sort()).toEqual([...NEED_STATE].sort());
  });
});
