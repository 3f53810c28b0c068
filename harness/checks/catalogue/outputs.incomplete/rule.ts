import type { OutputsSetting } from "../../../model/settings/state-setting.ts";
import { fromTerraform, judging, passes } from "../../judging.ts";
import { block, terraform } from "../../remedy.ts";
import type { Rule } from "../../rule.ts";

const REASONS: Readonly<Record<OutputsSetting["missing"][number]["reason"], string>> = {
  absent: "absent",
  empty: "empty",
  "wrong-type": "not a string",
};

const GIVE_OUTPUTS =
  "Name the deployment with --deployment: the JSON of terraform output -json or of terraform show -json, or the Terraform folder.";

/** What verification needs to find the stack is there, by name. One result for the deployment, whatever pipelines it has. */
export const outputsIncomplete: Rule = {
  code: "outputs.incomplete",
  severity: "flow",
  title: "Terraform outputs everything that verification needs",
  breaks: "An output that the pipelines name is absent or empty: what it names is neither sent to nor looked at.",
  reads: ["outputs"],
  needs: [],
  remedy: 'Add output "<name>" { value = … } for each name that is missing, and apply.',

  judge(account) {
    return judging("outputs", () => {
      const { source, present, missing } = fromTerraform(
        account,
        "outputs",
        "which outputs the deployment has",
        GIVE_OUTPUTS,
      );
      if (missing.length === 0)
        return passes(`The deployment ${source} has every output that verification needs.`, [
          `${present.length} outputs`,
        ]);
      const list = missing.map(({ name, reason }) => `${name} (${REASONS[reason]})`).join(", ");
      return {
        verdict: "fail",
        statement: `The deployment ${source} lacks ${missing.length === 1 ? "an output" : `${missing.length} outputs`}: ${list}.`,
        evidence: missing.map(({ name, reason, neededBy }) => `${name}: ${REASONS[reason]}, needed by ${neededBy}`),
        cause: `Verification finds the stack by its outputs, and ${source} does not say ${list}: the parts that need them cannot be proven.`,
        remedy: terraform(
          `Add ${missing.length === 1 ? "the output" : "the outputs"} ${missing.map(({ name }) => name).join(", ")}, then apply. Or name another output in the pipelines file (--pipelines).`,
          ...missing.map(({ name }) => block(`output "${name}"`, { value: "<value>" })),
        ),
        cuts: [],
      };
    });
  },
};
