import dataAccess from "./data-access.json" with { type: "json" };
import functionRoles from "./function-roles.json" with { type: "json" };
import operationAccess from "./operation-access.json" with { type: "json" };
import readOnlyAccess from "./read-only-access.json" with { type: "json" };
import serviceRoles from "./service-roles.json" with { type: "json" };
import tableAccess from "./table-access.json" with { type: "json" };

/**
 * One of AWS' own policies. Terraform's state names it by ARN and does not hold its document, so the documents that
 * stacks of this kind attach are kept here, as AWS published them.
 */
export interface AwsManagedPolicy {
  /** Path and name, the part of the ARN after `policy/`, for example `service-role/AWSLambdaBasicExecutionRole`. */
  readonly name: string;
  /** AWS' default version, for example `v1`. */
  readonly version: string;
  /** The day AWS made that version, ISO 8601. */
  readonly updated: string;
  /** The policy document, as JSON values. */
  readonly document: object;
}

/**
 * The AWS-managed policies whose documents the twin knows, as published until May 2026 (each has its version and day).
 * Of the thousands of actions of the read-only policies, those of the services that the twin plays.
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, read through the dump of
 * iam:GetPolicyVersion that moto 5.2.1 carries.
 */
export const AWS_MANAGED_POLICIES: readonly AwsManagedPolicy[] = [
  functionRoles,
  serviceRoles,
  dataAccess,
  tableAccess,
  operationAccess,
  readOnlyAccess,
].flat();

const BY_NAME = new Map(AWS_MANAGED_POLICIES.map((policy) => [policy.name, policy]));

/** The policy that an ARN like `arn:aws:iam::aws:policy/service-role/AWSLambdaRole` names, where its document is known. */
export function awsManagedPolicy(policyArn: string): AwsManagedPolicy | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
  return name === undefined ? undefined : BY_NAME.get(name);
}
