import type { Resource, TwinState } from "./twin-state.ts";

/**
 * Policies that Terraform may keep inside their resource or in resources of their own. A refreshed state shows those of
 * their own a second time, inside the resource, as they were at the last refresh, and nothing in it tells which way the
 * Terraform is written. So the state as a whole decides: where it keeps any role's inline policies (or attachments) in
 * resources of their own, what roles show inside themselves is a copy and does not count, even where the original is
 * gone; where it keeps none so, what roles show inside themselves is all there is.
 */

type PolicyState = Pick<TwinState, "roles" | "rolePolicies" | "rolePolicyAttachments" | "policyAttachments">;

export interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
  /** The resource that holds it, and where in it. */
  readonly address: string;
  readonly attribute: string;
}

/** The inline policies of a role, in the order of their names. */
export function inlinePoliciesOf(state: PolicyState, role: Resource<"roles">): readonly InlinePolicy[] {
  const policies = state.rolePolicies.length > 0 ? ownPolicies(state, role) : insidePolicies(role);
  return policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function ownPolicies(state: PolicyState, role: Resource<"roles">): InlinePolicy[] {
  return state.rolePolicies
    .filter((each) => isOf(role, each.role))
    .map(({ name, policy, address }) => ({ name, document: policy, address, attribute: "policy" }));
}

function insidePolicies({ inline_policy, address }: Resource<"roles">): InlinePolicy[] {
  return inline_policy.flatMap(({ name, policy }) => {
    if (name === undefined || policy === undefined) return [];
    return [{ name, document: policy, address, attribute: `inline_policy ${name}` }];
  });
}

/** The ARNs of the managed policies attached to a role, in order. */
export function attachedPolicyArnsOf(state: PolicyState, role: Resource<"roles">): readonly string[] {
  const arns = keepsAttachmentsApart(state) ? ownAttachments(state, role) : role.managed_policy_arns;
  return [...new Set(arns)].sort();
}

function keepsAttachmentsApart({ rolePolicyAttachments, policyAttachments }: PolicyState): boolean {
  return rolePolicyAttachments.length + policyAttachments.length > 0;
}

function ownAttachments({ rolePolicyAttachments, policyAttachments }: PolicyState, role: Resource<"roles">): string[] {
  return [
    ...rolePolicyAttachments.filter((each) => isOf(role, each.role)),
    ...policyAttachments.filter(({ roles }) => roles.some((each) => isOf(role, each))),
  ].map(({ policy_arn }) => policy_arn);
}

/** What roles show inside themselves and does not count, one sentence each. */
export function ignoredCopies(state: PolicyState): string[] {
  return state.roles.flatMap((role) => {
    const counted = new Set(inlinePoliciesOf(state, role).map(({ name }) => name));
    const attached = new Set(attachedPolicyArnsOf(state, role));
    const copies = [
      ...insidePolicies(role)
        .filter(({ name }) => !counted.has(name))
        .map(({ name }) => `inline_policy "${name}"`),
      ...role.managed_policy_arns.filter((arn) => !attached.has(arn)).map((arn) => `managed_policy_arns "${arn}"`),
    ];
    return copies.map(
      (copy) =>
        `${role.address}, ${copy}: taken for a copy of a resource that the state no longer holds; it does not count`,
    );
  });
}

const isOf = ({ name, arn }: Resource<"roles">, named: string): boolean => named === name || named === arn;

/** The policy of a key as JSON text; undefined where Terraform says none and AWS gives the key its default policy. */
export function keyPolicyOf(state: Pick<TwinState, "keyPolicies">, key: Resource<"keys">): string | undefined {
  const apart = state.keyPolicies.find(({ key_id }) => key_id === key.key_id || key_id === key.arn);
  return apart?.policy ?? key.policy;
}
