import { type OutputsSetting, STATE_SUBJECT } from "../../../model/settings/state-setting.ts";
import { notKnownFromTerraform } from "../../not-known.ts";
import type { Rule } from "../../rule.ts";

const REASONS: Readonly<Record<OutputsSetting["missing"][number]["reason"], string>> = {
  absent: "absent",
  empty: "empty",
  "wrong-type": "not a string",
};

const SUBJECT = "outputs";

/** What verification needs to find the stack is there, by name. One result for the deployment, whatever pipelines it has. */
export const outputsIncomplete: Rule = {
  code: "outputs.incomplete",
  title: "Terraform outputs everything that verification needs",
  breaks: "An output that the pipelines name is absent or empty: what it names is neither sent to nor looked at.",
  reads: ["outputs"],
  needs: [],
  remedy: 'Add output "<name>" { value = … } for each name that is missing, and apply.',

  judge(account) {
    const looked = account.look("outputs", STATE_SUBJECT);
    if (looked.kind !== "read")
      return [
        notKnownFromTerraform(
          SUBJECT,
          "which outputs the deployment has",
          looked,
          "Name the deployment with --deployment: the JSON of terraform output -json or of terraform show -json, or the Terraform folder.",
        ),
      ];
    const { source, present, missing } = looked.setting;
    if (missing.length === 0)
      return [
        {
          verdict: "pass",
          subject: SUBJECT,
          statement: `The deployment ${source} has every output that verification needs.`,
          evidence: [`${present.length} outputs`],
        },
      ];
    const list = missing.map(({ name, reason }) => `${name} (${REASONS[reason]})`).join(", ");
    return [
      {
        verdict: "fail",
        subject: SUBJECT,
        statement: `The deployment ${source} lacks ${missing.length === 1 ? "an output" : `${missing.length} outputs`}: ${list}.`,
        evidence: missing.map(({ name, reason, neededBy }) => `${name}: ${REASONS[reason]}, needed by ${neededBy}`),
        cause: `Verification finds the stack by its outputs, and ${source} does not say ${list}: the parts that need them cannot be proven.`,
        remedy: `${missing.map(({ name }) => `Add output "${name}" { value = … }`).join("; ")}; then apply. Or name another output in the pipelines file (--pipelines).`,
        cuts: [],
      },
    ];
  },
};
