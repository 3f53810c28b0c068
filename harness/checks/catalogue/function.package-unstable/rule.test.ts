import { describe, expect, it } from "vitest";
import type { TerraformPlanSetting } from "../../../model/settings/state-setting.ts";
import { verdictsOf } from "../../testing/describe-rule.ts";
import {
  type AccountBuilder,
  contextOf,
  healthyAccount,
  healthyAccountWithState,
  NAMES,
} from "../../testing/healthy-account.ts";
import { functionPackageUnstable } from "./rule.ts";

const judge = (account: AccountBuilder) => verdictsOf(functionPackageUnstable, account, contextOf("alb"));
const BOTH = [`pass package of function ${NAMES.ingest}`, `pass package of function ${NAMES.processor}`];
const INGEST_FAILS = [`fail package of function ${NAMES.ingest}`, `pass package of function ${NAMES.processor}`];

function builds(first: string, second: string): AccountBuilder {
  return healthyAccountWithState().change("package-builds", "terraform", ({ packages }) => ({
    packages: packages.map((one) =>
      one.file === "ingest.zip" ? { ...one, codeSha256: [first, second] as const } : one,
    ),
  }));
}

/** As where no build command is known. */
function planned(...changes: TerraformPlanSetting["changes"]): AccountBuilder {
  return healthyAccountWithState()
    .notAsked("package-builds", "")
    .change("terraform-plan", "terraform", () => ({ changes }));
}

function change(address: string, attributes: readonly string[], actions = ["update"]) {
  return { address, type: "aws_lambda_function", actions, attributes };
}
const INGEST = "module.ingest.aws_lambda_function.this";

describe("function.package-unstable holds", () => {
  it.each([
    ["by two builds and an empty plan", healthyAccountWithState()],
    ["by two builds alone", healthyAccountWithState().notAsked("terraform-plan", "")],
    ["by an empty plan alone", planned()],
    ["where the plan changes another part of the function", planned(change(INGEST, ["memory_size"]))],
    [
      "where the plan replaces something else",
      planned(change("aws_instance.proof", ["user_data"], ["delete", "create"])),
    ],
    ["where two builds are the same and differ from what runs: that is drift", builds("new", "new")],
    [
      "where the plan deploys code that was built anew: that is drift",
      planned(change(INGEST, ["source_code_hash"])).change("built-packages", "terraform", ({ packages }) => ({
        packages: packages.map((one) => ({ ...one, content: { kind: "zip", codeSha256: "new" } as const })),
      })),
    ],
  ])("%s", (_, account) => {
    expect(judge(account).filter((verdict) => verdict.startsWith("fail"))).toEqual([]);
  });

  it("for each function", () => {
    expect(judge(healthyAccountWithState())).toEqual(BOTH);
  });
});

describe("function.package-unstable fails", () => {
  it.each([
    ["where two builds differ", builds("one", "other")],
    ["where the second build does not make the file", builds("one", "")],
    [
      "where the plan has another hash for the code that runs",
      planned(change(INGEST, ["last_modified", "source_code_hash"])),
    ],
    ["where the plan has another path for the code that runs", planned(change(INGEST, ["filename"]))],
  ])("%s, for that function alone", (_, account) => {
    expect(judge(account)).toEqual(INGEST_FAILS);
  });

  it("shows both hashes and the command", () => {
    expect(functionPackageUnstable.judge(builds("one", "other").build(), contextOf("alb"))[0]).toMatchObject({
      evidence: ["first build: one", "second build: other"],
      cause: expect.stringContaining("node build.mjs, run twice without a change between"),
      cuts: [],
    });
  });
});

describe("function.package-unstable does not know", () => {
  it("with outputs alone, and says what to give", () => {
    const [result] = functionPackageUnstable.judge(healthyAccount().build(), contextOf("alb"));
    expect(result).toMatchObject({ verdict: "off", remedy: expect.stringContaining("STACKPROOF_BUILD") });
  });

  it("where the plan failed, and says how", () => {
    const account = healthyAccountWithState()
      .notAsked("package-builds", "")
      .unread("terraform-plan", "", "terraform plan");
    const [result] = functionPackageUnstable.judge(account.build(), contextOf("alb"));
    expect(result).toMatchObject({ verdict: "unknown", evidence: [expect.stringContaining("terraform plan")] });
  });
});

describe("function.package-unstable says nothing", () => {
  it("of functions that another configuration makes", () => {
    const account = healthyAccountWithState().change("state-functions", "terraform", () => ({ functions: [] }));
    expect(judge(account)).toEqual([]);
  });
});
