import { describe, expect, it } from "vitest";
import type { PackageContent } from "../../../model/settings/state-setting.ts";
import { verdictsOf } from "../../testing/describe-rule.ts";
import {
  type AccountBuilder,
  contextOf,
  healthyAccount,
  healthyAccountWithState,
  NAMES,
} from "../../testing/healthy-account.ts";
import { functionCodeDrift } from "./rule.ts";

const judge = (account: AccountBuilder) => verdictsOf(functionCodeDrift, account, contextOf("alb"));
const BOTH = [`pass function ${NAMES.ingest}`, `pass function ${NAMES.processor}`];

function built(name: string, content: PackageContent): AccountBuilder {
  return healthyAccountWithState().change("built-packages", "terraform", ({ packages }) => ({
    packages: packages.map((one) => (one.functionName === name ? { ...one, content } : one)),
  }));
}

function applied(hash: string, account = healthyAccountWithState()): AccountBuilder {
  return account.change("state-functions", "terraform", ({ functions }) => ({
    functions: functions.map((fn) => (fn.name === NAMES.ingest ? { ...fn, sourceCodeHash: hash } : fn)),
  }));
}

describe("function.code-drift holds", () => {
  it.each([
    ["where the built zips are the ones that run", healthyAccountWithState()],
    ["by the state's hash, where nothing was built on this machine", built(NAMES.ingest, { kind: "not-built-here" })],
    [
      "by the state's hash, where the packages were not looked for",
      healthyAccountWithState().notAsked("built-packages", ""),
    ],
    ["by the built zip, where the state has no hash", applied("")],
  ])("%s", (_, account) => {
    expect(judge(account)).toEqual(BOTH);
  });
});

describe("function.code-drift fails", () => {
  it.each([
    [
      "where other code was deployed",
      healthyAccountWithState().change("function", NAMES.ingest, () => ({ codeSha256: "b3RoZXI=" })),
    ],
    ["where the code was built anew and not applied", built(NAMES.ingest, { kind: "zip", codeSha256: "bmV3" })],
    ["where the zip does not exist", built(NAMES.ingest, { kind: "no-such-file" })],
    ["by the state's hash alone", applied("b3RoZXI=", healthyAccountWithState().notAsked("built-packages", ""))],
  ])("%s, for that function alone", (_, account) => {
    expect(judge(account)).toEqual([`fail function ${NAMES.ingest}`, `pass function ${NAMES.processor}`]);
  });

  it("shows both hashes, and where the wanted one is from", () => {
    const account = built(NAMES.ingest, { kind: "zip", codeSha256: "bmV3" });
    expect(functionCodeDrift.judge(account.build(), contextOf("alb"))[0]).toMatchObject({
      evidence: [`deployed: ${account.get("function", NAMES.ingest).codeSha256}`, "stack/dist/ingest.zip: bmV3"],
      remedy: { text: expect.stringContaining("terraform apply") },
      cuts: [],
    });
  });
});

describe("function.code-drift does not know", () => {
  it("with outputs alone, and says what to give", () => {
    const results = functionCodeDrift.judge(healthyAccount().build(), contextOf("alb"));
    expect(results.map(({ verdict }) => verdict)).toEqual(["off", "off"]);
    expect(results[0]).toMatchObject({ remedy: expect.stringContaining("--deployment with the Terraform folder") });
  });

  it("a function of which neither package nor state say anything", () => {
    expect(judge(applied("", built(NAMES.ingest, { kind: "not-built-here" })))[0]).toBe(`off function ${NAMES.ingest}`);
  });

  it("what runs, where the function could not be read", () => {
    expect(judge(healthyAccountWithState().unread("function", NAMES.processor, "lambda:GetFunction"))[1]).toBe(
      `unknown function ${NAMES.processor}`,
    );
  });
});
