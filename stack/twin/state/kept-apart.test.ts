import { describe, expect, it } from "vitest";
import { attachedPolicyArnsOf, ignoredCopies, inlinePoliciesOf } from "./kept-apart.ts";
import { readState } from "./read-state.ts";
import type { TwinState } from "./twin-state.ts";

const account = "arn:aws:iam::123456789012";
const queueArn = "arn:aws:sqs:eu-central-1:123456789012:orders";
const policyArn = `${account}:policy/reads`;
const awsPolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const reading = (resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: resource }] });

type Values = Readonly<Record<string, unknown>>;
const managed = (address: string, values: Values, depends_on?: readonly string[]) => ({
  address,
  mode: "managed",
  type: address.replace(/^(module\.[^.]+\.)?([^.]+)\..*$/, "$2"),
  values,
  depends_on,
});
const role = (name: string, values: Values, depends_on?: readonly string[]) =>
  managed(
    `aws_iam_role.${name}`,
    { arn: `${account}:role/${name}`, name, assume_role_policy: "{}", ...values },
    depends_on,
  );
const apart = (of: string, name: string, document: string) =>
  managed(`aws_iam_role_policy.${of}_${name}`, { role: of, name, policy: document }, [`aws_iam_role.${of}`]);
const attached = (of: string, arn: string) =>
  managed(`aws_iam_role_policy_attachment.${of}`, { role: of, policy_arn: arn }, [`aws_iam_role.${of}`]);

/** The twin does not play queues, but it knows their ARNs. */
const queue = managed('module.shop["eu"].aws_sqs_queue.orders[0]', { arn: queueArn });
const ofQueue = ["module.shop.aws_sqs_queue.orders"];
const other = role("other", {});

function state(...resources: readonly object[]): TwinState {
  const text = JSON.stringify({ format_version: "1.0", values: { root_module: { resources: [queue, ...resources] } } });
  const read = readState(text, "state.json");
  if (read.kind === "error") throw new Error(read.error.message);
  return read.value;
}

/** Names and documents of a role's inline policies. */
function inlineOf(of: TwinState, name: string): (readonly [string, string])[] {
  return of.roles
    .filter((each) => each.name === name)
    .flatMap((each) => inlinePoliciesOf(of, each).map((policy) => [policy.name, policy.document] as const));
}

function attachedOf(of: TwinState, name: string): string[] {
  return of.roles.filter((each) => each.name === name).flatMap((each) => attachedPolicyArnsOf(of, each));
}

describe("inline policies of a role", () => {
  const shown = { inline_policy: [{ name: "reads", policy: reading(queueArn) }] };

  it("are what it shows inside, where no role has policies of their own", () => {
    expect(inlineOf(state(role("reader", shown)), "reader")).toEqual([["reads", reading(queueArn)]]);
  });

  it("are one where the state shows it twice, as its own resource has it", () => {
    for (const document of [reading(queueArn), reading("*")]) {
      const both = state(role("reader", shown), apart("reader", "reads", document));
      expect(inlineOf(both, "reader")).toEqual([["reads", document]]);
      expect(ignoredCopies(both)).toEqual([]);
    }
  });

  it("are its own resources alone, where it has any: one more inside is a copy of one that is gone", () => {
    const mixed = state(role("reader", shown, ofQueue), apart("reader", "writes", reading("*")));
    expect(inlineOf(mixed, "reader")).toEqual([["writes", reading("*")]]);
    expect(ignoredCopies(mixed)).toEqual([expect.stringContaining('aws_iam_role.reader, inline_policy "reads"')]);
  });

  it("are what is written in it, where others have theirs apart and it depends on what its policy names", () => {
    const mixed = state(role("reader", shown, ofQueue), other, apart("other", "own", reading("*")));
    expect(inlineOf(mixed, "reader")).toEqual([["reads", reading(queueArn)]]);
    expect(inlineOf(mixed, "other")).toEqual([["own", reading("*")]]);
    expect(ignoredCopies(mixed)).toEqual([]);
  });

  it("are none where others have theirs apart and it depends on nothing that its policy names", () => {
    for (const dependsOn of [undefined, ["data.aws_caller_identity.current"], ["aws_iam_role.other"]]) {
      const mixed = state(role("reader", shown, dependsOn), other, apart("other", "own", reading("*")));
      expect(inlineOf(mixed, "reader")).toEqual([]);
      expect(ignoredCopies(mixed)).toHaveLength(1);
    }
  });
});

describe("attached policies of a role", () => {
  const shown = { managed_policy_arns: [policyArn, awsPolicyArn] };
  const policy = managed("aws_iam_policy.reads", { arn: policyArn, name: "reads", policy: reading("*") });

  it("are what it shows inside, where no attachment is a resource of its own", () => {
    expect(attachedOf(state(policy, role("reader", shown)), "reader")).toEqual([policyArn, awsPolicyArn].sort());
  });

  it("are those of its own resources, where it has any", () => {
    expect(attachedOf(state(policy, role("reader", shown), attached("reader", policyArn)), "reader")).toEqual([
      policyArn,
    ]);
  });

  it("are those written in it that it depends on, where others have theirs apart", () => {
    const mixed = state(
      policy,
      role("reader", shown, ["aws_iam_policy.reads"]),
      other,
      attached("other", awsPolicyArn),
    );
    expect(attachedOf(mixed, "reader")).toEqual([policyArn]);
    expect(attachedOf(mixed, "other")).toEqual([awsPolicyArn]);
    expect(ignoredCopies(mixed)).toEqual([expect.stringContaining(`managed_policy_arns "${awsPolicyArn}"`)]);
  });
});
