import type { Resource, TwinState } from "./twin-state.ts";

/**
 * Policies that Terraform may keep inside their resource or in resources of their own. A refreshed state shows those of
 * their own a second time, inside the resource, as they were at the last refresh. Which of them count:
 *
 * - Where the state keeps no role's policies (or attachments) in resources of their own, what roles show inside is all there is.
 * - Where a role has resources of its own, these alone: Terraform lets nobody use both ways for one role.
 * - Any other role of such a state shows either what is written in it, or copies of resources that are gone. What is written in a
 *   role with the ARN of a resource makes the role depend on that resource, and the state tells dependencies; a role without its
 *   policies depends on nothing that they name. What depends on nothing either way is taken for a copy.
 */

type PolicyState = Pick<TwinState, "roles" | "rolePolicies" | "rolePolicyAttachments" | "policyAttachments" | "arns">;

interface InlinePolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
  /** The resource that holds it, and where in it. */
  readonly address: string;
  readonly attribute: string;
}

/** The inline policies of a role, in the order of their names. */
export function inlinePoliciesOf(state: PolicyState, role: Resource<"roles">): readonly InlinePolicy[] {
  return countedPolicies(state, role).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function countedPolicies(state: PolicyState, role: Resource<"roles">): InlinePolicy[] {
  const inside = insidePolicies(role);
  if (state.rolePolicies.length === 0) return inside;
  const own = ownPolicies(state, role);
  return own.length > 0 ? own : inside.filter(({ document }) => namesDependency(state, role, document));
}

/** Whether a text in a role holds the ARN of something that the role was made after. */
function namesDependency({ arns }: PolicyState, { dependsOn = [] }: Resource<"roles">, text: string): boolean {
  return dependsOn.some((address) => arns.get(address)?.some((arn) => text.includes(arn)));
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
  return [...new Set(countedAttachments(state, role))].sort();
}

function countedAttachments(state: PolicyState, role: Resource<"roles">): readonly string[] {
  const inside = role.managed_policy_arns;
  if (!keepsAttachmentsApart(state)) return inside;
  const own = ownAttachments(state, role);
  return own.length > 0 ? own : inside.filter((arn) => namesDependency(state, role, arn));
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
