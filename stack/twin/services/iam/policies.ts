import { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import { attachedPolicyArnsOf } from "../../state/kept-apart.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedIamId } from "../derived.ts";
import { type Mapping, mapped, tagList } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { encodedDocument, noSuchEntity } from "./iam-parts.ts";

/** Terraform shows a policy's document and not its version: the twin calls each policy's only version v1. */
const ONLY_VERSION = "v1";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html */
const policyOf = (state: TwinState): Mapping<Resource<"policies">> => ({
  PolicyName: "name",
  PolicyId: ({ arn, policy_id }) => policy_id ?? derivedIamId("ANPA", arn),
  Arn: "arn",
  Path: "path",
  DefaultVersionId: () => ONLY_VERSION,
  AttachmentCount: ({ arn }) => attachmentCount(state, arn),
  PermissionsBoundaryUsageCount: ({ arn }) => boundaryCount(state, arn),
  IsAttachable: () => true,
  Description: "description",
  Tags: ({ tags_all }) => tagList(tags_all),
});

export function getPolicy(parts: ControlPlaneParts): Operation {
  const { state } = parts;
  return operation({
    input: z.object({ PolicyArn: z.string().min(20) }),
    access: ({ PolicyArn }) => [{ action: "iam:GetPolicy", resourceArn: PolicyArn }],
    run({ PolicyArn }) {
      const own = state.policies.find(({ arn }) => arn === PolicyArn);
      if (own !== undefined) return ok({ Policy: mapped(own, policyOf(state)) });
      const managed = managedPolicy(parts, PolicyArn);
      return managed === undefined ? notFound(PolicyArn) : ok({ Policy: managed });
    },
  });
}

/**
 * The document of a policy. One of AWS' own that the twin has no document of is a failure of the service: the policy is
 * there, and to say that it is not would be false.
 */
export function getPolicyVersion(parts: ControlPlaneParts): Operation {
  const { state } = parts;
  return operation({
    input: z.object({ PolicyArn: z.string().min(20), VersionId: z.string().regex(/^v[1-9]\d*/) }),
    access: ({ PolicyArn }) => [{ action: "iam:GetPolicyVersion", resourceArn: PolicyArn }],
    run({ PolicyArn, VersionId }) {
      const own = state.policies.find(({ arn }) => arn === PolicyArn);
      if (own !== undefined) return version(PolicyArn, VersionId, ONLY_VERSION, own.policy);
      const known = parts.awsManagedPolicy(PolicyArn);
      if (known !== undefined) return version(PolicyArn, VersionId, known.version, JSON.stringify(known.document));
      if (managedPolicy(parts, PolicyArn) === undefined) return notFound(PolicyArn);
      return failed("ServiceFailure", `The twin has no document of the AWS-managed policy ${PolicyArn}.`, 500);
    },
  });
}

function version(arn: string, asked: string, present: string, document: string): ServiceAnswer {
  if (asked !== present) return noSuchEntity(`Policy ${arn} version ${asked} does not exist or is not attachable.`);
  return ok({ PolicyVersion: { Document: encodedDocument(document), VersionId: present, IsDefaultVersion: true } });
}

/** A policy that AWS keeps, `arn:aws:iam::aws:policy/...`: what its ARN says of it, and its version where known. */
function managedPolicy(
  { state, awsManagedPolicy }: ControlPlaneParts,
  arn: string,
): Record<string, unknown> | undefined {
  const [, path, name] = /^arn:[^:]+:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  if (path === undefined || name === undefined) return undefined;
  return {
    PolicyName: name,
    PolicyId: derivedIamId("ANPA", arn),
    Arn: arn,
    Path: path,
    DefaultVersionId: awsManagedPolicy(arn)?.version ?? ONLY_VERSION,
    AttachmentCount: attachmentCount(state, arn),
    PermissionsBoundaryUsageCount: boundaryCount(state, arn),
    IsAttachable: true,
  };
}

function attachmentCount(state: TwinState, policyArn: string): number {
  return state.roles.filter((role) => attachedPolicyArnsOf(state, role).includes(policyArn)).length;
}

function boundaryCount(state: TwinState, policyArn: string): number {
  return state.roles.filter((role) => role.permissions_boundary === policyArn).length;
}

const notFound = (arn: string) => noSuchEntity(`Policy ${arn} was not found.`);
