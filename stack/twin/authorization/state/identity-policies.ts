import { attachedPolicyArnsOf, inlinePoliciesOf } from "../../state/kept-apart.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { awsManagedPolicy } from "../aws-managed-policies/index.ts";
import type { CompiledPolicy } from "../policy/compiled-policy.ts";
import type { PolicyReader } from "./policy-reader.ts";

/** What an identity's own policies come to. */
export interface IdentityPolicies {
  readonly policies: readonly CompiledPolicy[];
  readonly boundary: readonly CompiledPolicy[] | undefined;
  /** ARNs of attached policies whose documents are nowhere to be had: what they allow or deny is not known. */
  readonly unknownPolicyArns: readonly string[];
  /** `AROA…` */
  readonly uniqueId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The policies of every role of the state, by role ARN. */
export function readRolePolicies(state: TwinState, reader: PolicyReader): Map<string, IdentityPolicies> {
  const managed = managedPolicies(state, reader);
  return new Map(state.roles.map((role) => [role.arn, rolePolicies(role, state, managed, reader)]));
}

type ManagedPolicies = (policyArn: string) => CompiledPolicy[] | undefined;

function rolePolicies(
  role: Resource<"roles">,
  state: TwinState,
  managed: ManagedPolicies,
  reader: PolicyReader,
): IdentityPolicies {
  const policies = inlinePoliciesOf(state, role).flatMap(({ document, address, attribute }) =>
    reader.readText(document, "identity", address, attribute),
  );
  const unknownPolicyArns: string[] = [];
  for (const policyArn of attachedPolicyArnsOf(state, role)) {
    const documents = managed(policyArn);
    if (documents === undefined) {
      unknownPolicyArns.push(policyArn);
      reader.notes.push(`${role.address}: the document of ${policyArn} is not known, so neither is what it allows`);
    } else policies.push(...documents);
  }
  const boundaryArn = role.permissions_boundary;
  const boundary = boundaryArn === undefined ? undefined : managed(boundaryArn);
  if (boundaryArn !== undefined && boundary === undefined) {
    unknownPolicyArns.push(boundaryArn);
    reader.notes.push(`${role.address}: the document of its permissions boundary ${boundaryArn} is not known; ignored`);
  }
  return { policies, boundary, unknownPolicyArns, uniqueId: role.unique_id, tags: role.tags_all };
}

/** Finds a managed policy's document: the state's own, or one of AWS' that is known. Each is compiled once. */
function managedPolicies(state: TwinState, reader: PolicyReader): ManagedPolicies {
  const compiled = new Map<string, CompiledPolicy[]>();
  for (const { arn, policy, address } of state.policies) {
    compiled.set(arn, reader.readText(policy, "identity", address, "policy"));
  }
  return (policyArn) => {
    const known = compiled.get(policyArn);
    if (known !== undefined) return known;
    const document = awsManagedDocument(policyArn, state.partition);
    if (document === undefined) return undefined;
    const policies = reader.readDocument(document, "identity", policyArn);
    compiled.set(policyArn, policies);
    return policies;
  };
}

/** In other partitions AWS publishes the same documents with that partition's ARNs. */
export function awsManagedDocument(policyArn: string, partition: string): unknown {
  const policy = awsManagedPolicy(policyArn);
  if (policy === undefined || partition === "aws") return policy?.document;
  return JSON.parse(JSON.stringify(policy.document).replaceAll("arn:aws:", `arn:${partition}:`));
}
