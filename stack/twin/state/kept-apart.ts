import type { Resource, TwinState } from "./twin-state.ts";

/**
 * Policies that Terraform may keep inside their resource or in resources of their own. A refreshed state shows those of
 * their own a second time, inside the resource: where both name one policy, the resource of its own is the newer.
 * Authorization reads the state by the same rule.
 */

type PolicyState = Pick<TwinState, "roles" | "rolePolicies" | "rolePolicyAttachments" | "keys" | "keyPolicies">;

export interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}

/** The inline policies of a role, in the order of their names. */
export function inlinePoliciesOf(state: PolicyState, role: Resource<"roles">): readonly InlinePolicy[] {
  const documents = new Map<string, string>();
  for (const { name, policy } of role.inline_policy) {
    if (name !== undefined && policy !== undefined) documents.set(name, policy);
  }
  for (const { name, policy } of state.rolePolicies.filter((each) => isOf(role, each.role)))
    documents.set(name, policy);
  return [...documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, document]) => ({ name, document }));
}

/** The ARNs of the managed policies attached to a role, in order. */
export function attachedPolicyArnsOf(state: PolicyState, role: Resource<"roles">): readonly string[] {
  const apart = state.rolePolicyAttachments.filter((attachment) => isOf(role, attachment.role));
  return [...new Set([...role.managed_policy_arns, ...apart.map(({ policy_arn }) => policy_arn)])].sort();
}

const isOf = ({ name, arn }: Resource<"roles">, named: string): boolean => named === name || named === arn;

/** The policy of a key as JSON text; undefined where Terraform says none and AWS gives the key its default policy. */
export function keyPolicyOf(state: PolicyState, key: Resource<"keys">): string | undefined {
  const apart = state.keyPolicies.find(({ key_id }) => key_id === key.key_id || key_id === key.arn);
  return apart?.policy ?? key.policy;
}
