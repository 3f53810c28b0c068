import type { AnySettingKind } from "../model/state-setting.ts";
import type { Looked } from "./account.ts";
import type { RuleUnknown } from "./rule.ts";

export type NotRead = Exclude<Looked<AnySettingKind>, { kind: "read" }>;

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i;

/**
 * The result where a setting that a rule needs is not there to judge by.
 *
 * @param subject The resource that is judged.
 * @param what The setting in words: `the listeners of load balancer web`.
 */
export function notKnown(subject: string, what: string, looked: NotRead): RuleUnknown {
  switch (looked.kind) {
    case "unread": {
      const { code, message, operation } = looked.error;
      return {
        verdict: "unknown",
        subject,
        statement: `${capitalize(what)} could not be read: ${code} at ${operation}.`,
        evidence: [`${operation}: ${code}: ${message}`],
        remedy: DENIED.test(code)
          ? `Allow ${operation} to the role that stackproof runs with.`
          : `Mend what ${operation} answers, and run again.`,
      };
    }
    case "absent":
      return {
        verdict: "unknown",
        subject,
        statement: `There is nothing to judge by: the account says that ${what} does not exist.`,
        evidence: [],
        remedy:
          "Look whether it was deleted, or is in another account or region than the deployment says, and apply again.",
      };
    case "not-asked":
      return {
        verdict: "unknown",
        subject,
        statement: `${capitalize(what)} was not read.`,
        evidence: [],
        remedy: "Let the run end by itself: it ended before this was read.",
      };
    default:
      return looked satisfies never;
  }
}

/** The result where only Terraform could say, and nothing of Terraform's was given or readable. */
export function notKnownFromTerraform(subject: string, what: string, looked: NotRead, whatToGive: string): RuleUnknown {
  if (looked.kind === "unread") {
    const { code, message, operation } = looked.error;
    return {
      verdict: "unknown",
      subject,
      statement: `${capitalize(what)} could not be read: ${code}.`,
      evidence: [`${operation}: ${message}`],
      remedy: whatToGive,
    };
  }
  return {
    verdict: "unknown",
    subject,
    statement: `${capitalize(what)} is not known: the account cannot show it, and the deployment was given without it.`,
    evidence: [],
    remedy: whatToGive,
  };
}

/** For `notKnownFromTerraform`: how Terraform's state comes to stackproof. */
export const GIVE_STATE =
  "Give Terraform's state in place of its outputs: --deployment with the Terraform folder, or with the JSON of terraform show -json.";

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
