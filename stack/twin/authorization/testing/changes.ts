import { describe, expect, it } from "vitest";
import { type AskedStack, askStack, type Passage } from "./asked-stack.ts";
import { accountId, exampleResources, type Resources } from "./example-stack.ts";
import { allow, policy, type StatementJson } from "./policy-text.ts";

/** What is made different in the healthy stack. */
export type Change = (resources: Resources) => void;

/** One line of a table: what is changed, and what comes of the passage. */
export type Case = readonly [title: string, change: Change, expected: "allowed" | RegExp];

export const noResourcePolicy = /^because no resource-based policy allows/;
export const noIdentityPolicy = /^because no identity-based policy allows/;
export const denied = /^with an explicit deny in an? (identity|resource)-based policy$/;

export const nothing: Change = () => undefined;

export function set(address: string, attribute: string, value: unknown): Change {
  return (resources) => {
    resources[address] = { ...resources[address], [attribute]: value };
  };
}

export function add(address: string, values: Record<string, unknown>): Change {
  return (resources) => {
    resources[address] = values;
  };
}

export function remove(address: string): Change {
  return (resources) => {
    delete resources[address];
  };
}

export function each(...changes: readonly Change[]): Change {
  return (resources) => {
    for (const change of changes) change(resources);
  };
}

/** Replaces the whole policy of a role. */
export function rolePolicy(role: string, ...statements: readonly StatementJson[]): Change {
  return set(`aws_iam_role_policy.${role}`, "policy", policy(...statements));
}

export function keyPolicyOf(...statements: readonly StatementJson[]): Change {
  return set("aws_kms_key.main", "policy", policy(...statements));
}

/** A statement of a key policy. */
export function key(Principal: unknown, actions: unknown, rest: StatementJson = {}): StatementJson {
  return allow(actions, "*", { Principal, ...rest });
}

/** A key policy that leaves the account's identities out and cannot lock the key for ever. */
export const keyAdmin = key({ AWS: `arn:aws:iam::${accountId}:user/admin` }, "kms:*");

/** A table of changes to the healthy stack and what each does to one passage through it. */
export function table(title: string, ask: (stack: AskedStack) => Passage, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)("%s", (_title, change, expected) => {
      const resources = exampleResources();
      change(resources);
      const passage = ask(askStack(resources));
      if (expected === "allowed") expect(passage).toBe("allowed");
      else expect(passage).toMatch(expected);
    });
  });
}
