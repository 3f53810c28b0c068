import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fact } from "../../../model/fact.ts";
import { accountOf } from "../../../model/settings/account.ts";
import { stateSettingSchema } from "../../../model/settings/state-setting.ts";
import { PLACE } from "../../../testing/names.ts";
import { outputsSettingOf } from "./outputs-setting.ts";
import { type ReadStateInput, readState } from "./read-state.ts";

const SNAPSHOT = new URL("../../../../stack/snapshot/snapshot.json", import.meta.url);

async function factsOf(change: Partial<ReadStateInput>): Promise<Fact[]> {
  const facts: Fact[] = [];
  await readState({
    state: undefined,
    terraformFolder: undefined,
    zipFolder: undefined,
    build: undefined,
    plan: undefined,
    journal: { append: (fact) => facts.push(fact) },
    clock: { nowMs: () => 7, wait: async () => {} },
    ...change,
  });
  return facts;
}

describe("readState", () => {
  it("journals what a state says, in the shape that the journal takes", async () => {
    const facts = await factsOf({ state: JSON.parse(readFileSync(SNAPSHOT, "utf8")), zipFolder: "/no/such/folder" });
    expect(facts.map((fact) => (fact.fact === "setting" ? fact.setting.kind : fact.fact))).toEqual([
      "state-buckets",
      "state-notifications",
      "state-functions",
      "state-keys",
      "built-packages",
    ]);
    for (const fact of facts) {
      if (fact.fact === "setting") expect(stateSettingSchema.parse(fact.setting)).toEqual(fact.setting);
    }
    const looked = accountOf(facts, PLACE).look("built-packages", "terraform");
    expect(looked.kind === "read" && looked.setting.packages[0]?.content).toEqual({ kind: "not-built-here" });
  });

  it("reads nothing where only outputs were given", async () => {
    expect(await factsOf({ state: { alb_url: { value: "http://a" } } })).toEqual([]);
  });

  it("writes down what could not be read", async () => {
    const build = {
      name: "npm run build",
      command: ["/no/such/command"] as const,
      folder: ".",
      environment: {},
      timeoutMs: 1_000,
      signal: new AbortController().signal,
    };
    const facts = await factsOf({ build });
    expect(facts).toMatchObject([
      { fact: "setting-unread", kind: "package-builds", error: { code: "BuildFailed", operation: "build" } },
    ]);
  });
});

describe("outputsSettingOf", () => {
  const outputs = new Map<string, unknown>([
    ["alb_url", "http://a"],
    ["stream_name", ""],
    ["subnets", []],
    ["zones", ["a"]],
    ["count", 3],
    ["nothing", null],
  ]);
  const needed = (...names: readonly string[]) => names.map((name) => ({ name, neededBy: `alb.${name}` }));

  it("finds nothing missing where all is there", () => {
    expect(outputsSettingOf(outputs, needed("alb_url", "zones"), "o.json")).toMatchObject({
      source: "o.json",
      missing: [],
    });
  });

  it("names what is absent, empty, or no text", () => {
    const { missing, present } = outputsSettingOf(
      outputs,
      needed("gone", "stream_name", "subnets", "nothing", "count"),
      "o.json",
    );
    expect(missing.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      "gone absent",
      "stream_name empty",
      "subnets empty",
      "nothing empty",
      "count wrong-type",
    ]);
    expect(present).toEqual(["alb_url", "zones"]);
  });

  it("lists an output once, with the first that needs it", () => {
    const twice = [...needed("gone"), { name: "gone", neededBy: "api.item" }];
    expect(outputsSettingOf(outputs, twice, "o.json").missing).toEqual([
      { name: "gone", reason: "absent", neededBy: "alb.gone" },
    ]);
  });
});
