import type { Authorizer, Decision, Principal } from "../model/ports.ts";

/**
 * Whether a service may act with a role: the role's trust policy decides. Lambda asks with `lambda.amazonaws.com` for a
 * function's role, EC2 with `ec2.amazonaws.com` for an instance profile's, flow logs with
 * `vpc-flow-logs.amazonaws.com`, API Gateway with `apigateway.amazonaws.com` for the account's log role. `source` is
 * what the service acts for, which a trust policy may ask about; Lambda and EC2 say nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export function mayAssumeRole(
  authorizer: Authorizer,
  roleArn: string,
  service: string,
  source: { readonly arn: string; readonly accountId: string } = { arn: "", accountId: "" },
): Decision {
  const principal: Principal = { kind: "service", service, sourceArn: source.arn, sourceAccount: source.accountId };
  return authorizer.decide({ principal, action: "sts:AssumeRole", resourceArn: roleArn, context: {} });
}
