import type { AwsManagedPolicy } from "./aws-managed-policy.ts";
import { dataAccessPolicies } from "./data-access.ts";
import { functionRolePolicies } from "./function-roles.ts";
import { operationAccessPolicies } from "./operation-access.ts";
import { readOnlyAccessPolicies } from "./read-only-access.ts";
import { serviceRolePolicies } from "./service-roles.ts";
import { tableAccessPolicies } from "./table-access.ts";

/**
 * The AWS-managed policies whose documents the twin knows, as published until May 2026 (each has its version and day).
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, read through the dump of
 * iam:GetPolicyVersion that moto 5.2.1 carries.
 */
export const awsManagedPolicies: readonly AwsManagedPolicy[] = [
  functionRolePolicies,
  serviceRolePolicies,
  dataAccessPolicies,
  tableAccessPolicies,
  operationAccessPolicies,
  readOnlyAccessPolicies,
].flat();

const byName = new Map(awsManagedPolicies.map((policy) => [policy.name, policy]));

/** The policy that an ARN like `arn:aws:iam::aws:policy/service-role/AWSLambdaRole` names, where its document is known. */
export function awsManagedPolicy(policyArn: string): AwsManagedPolicy | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
  return name === undefined ? undefined : byName.get(name);
}
