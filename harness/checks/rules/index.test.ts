import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { judgeRules } from "../judge-rules.ts";
import { contextOf, healthyAccount } from "../testing/healthy-account.ts";
import { healthyAccountWithState } from "../testing/healthy-state.ts";
import { RULES } from "./index.ts";

const PIPELINES = [contextOf("alb"), contextOf("api"), contextOf("upload")];
const here = dirname(fileURLToPath(import.meta.url));

function isRule(file: string): boolean {
  return / = \{\n {2}code: "/.test(readFileSync(join(here, file), "utf8"));
}

/** Rules that only Terraform's state, folder or build can decide. */
const NEED_STATE = [
  "function.code-drift",
  "bucket.notification-overwritten",
  "function.package-unstable",
  "bucket.blocks-destroy",
  "outputs.incomplete",
];

describe("the rules", () => {
  it("are all registered: each rule's file beside this one, each code once", () => {
    const files = readdirSync(here).filter((file) => !file.endsWith(".test.ts") && isRule(file));
    const ofCodes = RULES.map(({ code }) => `${code.replace(".", "-")}.ts`);
    expect([...ofCodes].sort()).toEqual(files.sort());
  });

  it("each have a test of their own", () => {
    const tests = readdirSync(here).filter((file) => file.endsWith(".test.ts"));
    for (const { code } of RULES) expect(tests).toContain(`${code.replace(".", "-")}.test.ts`);
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
