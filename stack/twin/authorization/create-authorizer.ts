import type { AuthorizationRequest, Authorizer, Decision } from "../model/ports.ts";
import { ignoredCopies } from "../state/kept-apart.ts";
import type { TwinState } from "../state/twin-state.ts";
import { rememberDecisions } from "./decision-cache.ts";
import { type Caller, callerOf } from "./policy/caller.ts";
import type { EvaluatedRequest } from "./policy/compiled-policy.ts";
import { evaluate, reasonOf, type Verdict } from "./policy/evaluate.ts";
import { type ContextValues, RequestContext } from "./policy/request-context.ts";
import { requestAttributes } from "./request-attributes.ts";
import { grantFunctionsTheirKeys } from "./state/function-grants.ts";
import { awsManagedDocument, type IdentityPolicies, readRolePolicies } from "./state/identity-policies.ts";
import { PolicyReader } from "./state/policy-reader.ts";
import { readResourcePolicies } from "./state/resource-policies.ts";
import { resourceTags } from "./state/resource-tags.ts";

export interface AuthorizerOptions {
  readonly nowMs: () => number;
  /**
   * Identities that the state does not hold, with their policies as JSON text: a read-only verifier's role, say. The
   * rest of the people in the state's account are administrators; identities of other accounts have no policies.
   */
  readonly identities?: readonly { readonly arn: string; readonly policies: readonly string[] }[];
}

/** An authorizer for one state, and what was found while reading its policies. */
export interface StateAuthorizer extends Authorizer {
  /** Policies that AWS would refuse and policies whose documents are not known, one sentence each. */
  readonly notes: readonly string[];
}

const MAXIMUM_REMEMBERED = 8192;

/**
 * Decides as AWS does on the policies of a state, which are compiled here once. `boot/` makes it in place of
 * `allowEverything`:
 *
 *     const authorizer = createAuthorizer(state, { nowMs: clock.nowMs });
 *     const keys = createKeys(state, authorizer);
 *     const notes = [...state.notes, ...authorizer.notes];
 *
 * and hands `authorizer` to whatever takes an Authorizer, and `keys` to what stores encrypted data. Who may assume a
 * role is asked like everything else: `{ principal: the service, action: "sts:AssumeRole", resourceArn: the role }`.
 */
export function createAuthorizer(state: TwinState, options: AuthorizerOptions): StateAuthorizer {
  const reader = new PolicyReader();
  const roles = readRolePolicies(state, reader);
  const identities = readGivenIdentities(options, reader);
  const administrator = administratorPolicies(state, reader);
  const resourcePoliciesOf = readResourcePolicies(state, reader);
  const tagsOf = resourceTags(state);

  const identityOf = (caller: Caller): IdentityPolicies | undefined => {
    if (caller.kind === "anonymous" || caller.kind === "service") return undefined;
    const arn = caller.kind === "role" ? caller.roleArn : caller.arn;
    const known = identities.get(arn) ?? roles.get(arn);
    return known ?? (caller.kind === "user" && caller.accountId === state.accountId ? administrator : undefined);
  };

  const decide = (request: AuthorizationRequest): Decision => {
    const { action, resourceArn, principal } = request;
    const caller = callerOf(principal, (roleArn) => roles.get(roleArn)?.uniqueId);
    const identity = identityOf(caller);
    const surroundings = { nowMs: options.nowMs(), home: state, tagsOf };
    const given: ContextValues = { ...request.context, ...encryptionContextKeys(request.context) };
    const attributes = requestAttributes(caller, identity, resourceArn, surroundings, given);
    const evaluated = { caller, action, resourceArn, context: new RequestContext(attributes, given) };
    const verdict = evaluate(evaluated, {
      identity: identity?.policies ?? [],
      boundary: identity?.boundary,
      ...resourcePoliciesOf(resourceArn, action),
    });
    return decisionOf(verdict, evaluated, identity);
  };
  grantFunctionsTheirKeys(state, decide, (keyArn) => resourcePoliciesOf(keyArn, "kms:CreateGrant").grants);
  return {
    decide: reader.dependsOnTime ? decide : rememberDecisions(decide, MAXIMUM_REMEMBERED),
    notes: [...reader.notes, ...ignoredCopies(state)],
  };
}

function decisionOf(verdict: Verdict, request: EvaluatedRequest, identity: IdentityPolicies | undefined): Decision {
  if (verdict.kind === "allowed") return { allowed: true };
  const reason = reasonOf(verdict, request.action);
  const unknown = identity?.unknownPolicyArns ?? [];
  if (verdict.kind === "explicitly-denied" || unknown.length === 0) return { allowed: false, reason };
  return { allowed: false, reason: `${reason} (not known to the twin, and may allow it: ${unknown.join(", ")})` };
}

/** `kms:EncryptionContextKeys` has the names of the encryption context's pairs. */
function encryptionContextKeys(context: Readonly<Record<string, string>>): ContextValues {
  const prefix = "kms:EncryptionContext:";
  const names = Object.keys(context)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return names.length === 0 ? {} : { "kms:EncryptionContextKeys": names };
}

function readGivenIdentities(options: AuthorizerOptions, reader: PolicyReader): Map<string, IdentityPolicies> {
  return new Map(
    (options.identities ?? []).map(({ arn, policies }) => [
      arn,
      withPolicies(policies.flatMap((text, index) => reader.readText(text, "identity", arn, `policy ${index}`))),
    ]),
  );
}

function administratorPolicies({ partition }: TwinState, reader: PolicyReader): IdentityPolicies {
  const arn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  return withPolicies(reader.readDocument(awsManagedDocument(arn, partition), "identity", arn));
}

function withPolicies(policies: IdentityPolicies["policies"]): IdentityPolicies {
  return { policies, boundary: undefined, unknownPolicyArns: [], uniqueId: undefined, tags: {} };
}
