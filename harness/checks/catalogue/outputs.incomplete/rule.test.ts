import { describe, expect, it } from "vitest";
import type { OutputsSetting } from "../../../model/settings/state-setting.ts";
import { onlyResult } from "../../testing/describe-rule.ts";
import { contextOf, healthyAccount, healthyAccountWithState } from "../../testing/healthy-account.ts";
import { outputsIncomplete } from "./rule.ts";

const CONTEXT = contextOf("alb");
const missing = (...list: OutputsSetting["missing"]) =>
  healthyAccountWithState().change("outputs", "terraform", () => ({ missing: list }));

describe("outputs.incomplete", () => {
  it("holds where every output that is needed is there", () => {
    expect(onlyResult(outputsIncomplete, healthyAccountWithState(), CONTEXT)).toMatchObject({ verdict: "pass" });
  });

  it.each([
    ["absent", "alb_url (absent)"],
    ["empty", "alb_url (empty)"],
    ["wrong-type", "alb_url (not a string)"],
  ] as const)("fails where one is %s", (reason, said) => {
    const account = missing({ name: "alb_url", reason, neededBy: "alb.entry.url" });
    expect(onlyResult(outputsIncomplete, account, CONTEXT)).toMatchObject({
      verdict: "fail",
      statement: expect.stringContaining(`lacks an output: ${said}`),
      evidence: [expect.stringContaining("needed by alb.entry.url")],
      remedy: { terraform: { hcl: expect.stringContaining('output "alb_url" {') } },
    });
  });

  it("lists all that are missing by name, in one result that is the same for every pipeline", () => {
    const account = missing(
      { name: "alb_url", reason: "absent", neededBy: "alb.entry.url" },
      { name: "stream_name", reason: "empty", neededBy: "alb.stream" },
    );
    const result = onlyResult(outputsIncomplete, account, CONTEXT);
    expect(result.statement).toContain("lacks 2 outputs: alb_url (absent), stream_name (empty)");
    expect(onlyResult(outputsIncomplete, account, contextOf("upload"))).toEqual(result);
  });

  it("is off where nobody looked", () => {
    expect(onlyResult(outputsIncomplete, healthyAccount(), CONTEXT)).toMatchObject({ verdict: "off" });
  });
});
