import { isDenied, type ReadError } from "../model/read-error.ts";
import type { Looked } from "../model/settings/account.ts";
import type { AnySettingKind } from "../model/settings/setting.ts";
import type { Judged } from "./rule.ts";

export type NotRead = Exclude<Looked<AnySettingKind>, { kind: "read" }>;

/**
 * The result where a setting that a rule needs is not there to judge by.
 *
 * @param what The setting in words: `the listeners of load balancer web`.
 */
export function notKnown(what: string, looked: NotRead): Judged {
  switch (looked.kind) {
    case "unread": {
      const errors = [looked.error, ...(looked.more ?? [])];
      return {
        verdict: "unknown",
        statement: `${capitalize(what)} could not be read: ${errors.map(({ code, operation }) => `${code} at ${operation}`).join(", ")}.`,
        evidence: errors.map(({ operation, code, message }) => `${operation}: ${code}: ${message}`),
        remedy: remedyOf(errors),
      };
    }
    case "absent":
      return {
        verdict: "unknown",
        statement: `There is nothing to judge by: the account says that ${what} does not exist.`,
        evidence: [],
        remedy:
          "Look whether it was deleted, or is in another account or region than the deployment says, and apply again.",
      };
    case "not-asked":
      return {
        verdict: "unknown",
        statement: `${capitalize(what)} was not read.`,
        evidence: [],
        remedy: "Let the run end by itself: it ended before this was read.",
      };
    default:
      return looked satisfies never;
  }
}

/** Every permission that is missing, and every call that fails for another reason. */
function remedyOf(errors: readonly ReadError[]): string {
  const missing = errors.filter(({ code }) => isDenied(code));
  const others = errors.filter(({ code }) => !isDenied(code));
  const operations = (of: readonly ReadError[]) => of.map(({ operation }) => operation).join(", ");
  return [
    ...(missing.length === 0 ? [] : [`Allow ${operations(missing)} to the role that stackproof runs with.`]),
    ...(others.length === 0 ? [] : [`Mend what ${operations(others)} answers, and run again.`]),
  ].join(" ");
}

/**
 * The result where only Terraform could say: unknown where it could not be read, off where nothing of it was given.
 *
 * @param known Evidence of what the account shows without it.
 */
export function notKnownFromTerraform(
  what: string,
  looked: NotRead,
  whatToGive: string,
  known?: readonly string[],
): Judged {
  if (looked.kind === "unread") {
    const { code, message, operation } = looked.error;
    return {
      verdict: "unknown",
      statement: `${capitalize(what)} could not be read: ${code}.`,
      evidence: known ?? [`${operation}: ${message}`],
      remedy: whatToGive,
    };
  }
  return {
    verdict: "off",
    statement: `${capitalize(what)} is not known: the account cannot show it, and the deployment was given without it.`,
    evidence: known ?? [],
    remedy: whatToGive,
  };
}

/** For `notKnownFromTerraform`: how Terraform's state comes to stackproof. */
export const GIVE_STATE =
  "Give Terraform's state in place of its outputs: --deployment with the Terraform folder, or with the JSON of terraform show -json.";

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
