import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SNAPSHOT, stackproof } from "../testing/stackproof.ts";

const state = z.object({ values: z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })) }) });
const policy = z.object({ Statement: z.array(z.object({ Action: z.array(z.string()) })) });

/** What stack/modules/canary and canary-role refuse when planning must not be what the reference stack needs. */
describe("the limits of the canary's Terraform modules", () => {
  it("leave room for the outputs of the reference stack", () => {
    const { outputs } = state.parse(JSON.parse(readFileSync(SNAPSHOT, "utf8"))).values;
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    expect(JSON.stringify(values).length).toBeLessThanOrEqual(3_500);
  });

  it("leave room for the policy that stackproof prints, which names no whole service", async () => {
    const { stdout } = await stackproof(["policy"]);
    const printed = policy.parse(JSON.parse(stdout));
    expect(JSON.stringify(JSON.parse(stdout)).length).toBeLessThanOrEqual(9_900);
    const actions = printed.Statement.flatMap(({ Action }) => Action);
    expect(actions).toContain("dynamodb:BatchGetItem");
    expect(actions.filter((action) => action.endsWith(":*") || action === "*")).toEqual([]);
  });
});
