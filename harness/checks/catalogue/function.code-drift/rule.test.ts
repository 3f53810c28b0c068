import { createHash } from "node:crypto";
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
const hashOf = (text: string) => createHash("sha256").update(text);
const OTHER_HASH = hashOf("other").digest("base64");
const NEW_HASH = hashOf("new").digest("base64");
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
    ["by the built zip, where the state has an MD5", applied(createHash("md5").update("zip").digest("hex"))],
    [
      "for an image, whose digest is hexadecimal on both sides",
      applied(
        hashOf("image").digest("hex"),
        built(NAMES.ingest, { kind: "not-built-here" }).change("function", NAMES.ingest, () => ({
          codeSha256: hashOf("image").digest("hex"),
        })),
      ),
    ],
  ])("%s", (_, account) => {
    expect(judge(account)).toEqual(BOTH);
  });
});

describe("function.code-drift fails", () => {
  it.each([
    [
      "where other code was deployed",
      healthyAccountWithState().change("function", NAMES.ingest, () => ({ codeSha256: OTHER_HASH })),
    ],
    ["where the code was built again and not applied", built(NAMES.ingest, { kind: "zip", codeSha256: NEW_HASH })],
    ["where the zip does not exist", built(NAMES.ingest, { kind: "no-such-file" })],
    ["by the state's hash alone", applied(OTHER_HASH, healthyAccountWithState().notAsked("built-packages", ""))],
  ])("%s, for that function alone", (_, account) => {
    expect(judge(account)).toEqual([`fail function ${NAMES.ingest}`, `pass function ${NAMES.processor}`]);
  });

  it("shows both hashes, and where the wanted one is from", () => {
    const account = built(NAMES.ingest, { kind: "zip", codeSha256: NEW_HASH });
    expect(functionCodeDrift.judge(account.build(), contextOf("alb"))[0]).toMatchObject({
      evidence: [`deployed: ${account.get("function", NAMES.ingest).codeSha256}`, `stack/dist/ingest.zip: ${NEW_HASH}`],
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

  it.each([
    ["an MD5 in hexadecimal", createHash("md5").update("zip").digest("hex")],
    ["an MD5 in base64", createHash("md5").update("zip").digest("base64")],
    ["a SHA-256 in hexadecimal", hashOf("zip").digest("hex")],
    ["a SHA-512 in base64", createHash("sha512").update("zip").digest("base64")],
    ["a version of the code", "v1.4.2"],
  ])("a function of which only the state says something, by a hash of another kind: %s", (_, hash) => {
    const account = applied(hash, built(NAMES.ingest, { kind: "not-built-here" }));
    expect(functionCodeDrift.judge(account.build(), contextOf("alb"))[0]).toMatchObject({
      verdict: "off",
      evidence: [expect.any(String), expect.stringContaining(hash)],
      remedy: expect.stringContaining("--functions DIR"),
    });
  });

  it("what runs, where the function could not be read", () => {
    expect(judge(healthyAccountWithState().unread("function", NAMES.processor, "lambda:GetFunction"))[1]).toBe(
      `unknown function ${NAMES.processor}`,
    );
  });
});
