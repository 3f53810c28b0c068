import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { CompiledPolicy } from "../policy/compiled-policy.ts";
import type { PolicyReader } from "./policy-reader.ts";

/**
 * The resource-based policies of functions, made of `aws_lambda_permission`. A permission holds for the function as it
 * is named there: one with a qualifier is for that alias or version alone, one without for the unqualified name alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function readFunctionPermissions(state: TwinState, reader: PolicyReader): Map<string, CompiledPolicy[]> {
  const policies = new Map<string, CompiledPolicy[]>();
  for (const permission of state.functionPermissions) {
    const functionArn = permittedFunctionArn(permission, state);
    const statements = reader.readDocument(permissionDocument(permission, functionArn), "resource", permission.address);
    policies.set(functionArn, [...(policies.get(functionArn) ?? []), ...statements]);
  }
  return policies;
}

/** The statement that Lambda writes for AddPermission. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permissionDocument(permission: Resource<"functionPermissions">, functionArn: string): object {
  const equal = {
    ...(permission.source_account === undefined ? {} : { "AWS:SourceAccount": permission.source_account }),
    ...(permission.event_source_token === undefined
      ? {}
      : { "lambda:EventSourceToken": permission.event_source_token }),
    ...(permission.principal_org_id === undefined ? {} : { "aws:PrincipalOrgID": permission.principal_org_id }),
  };
  return {
    Version: "2012-10-17",
    Statement: {
      Sid: permission.statement_id,
      Effect: "Allow",
      Principal: permittedPrincipal(permission.principal),
      Action: permission.action,
      Resource: functionArn,
      Condition: {
        StringEquals: equal,
        ...(permission.source_arn === undefined ? {} : { ArnLike: { "AWS:SourceArn": permission.source_arn } }),
      },
    },
  };
}

/** A service has dots in its name; an account, a user or a role has not, or is an ARN. */
function permittedPrincipal(principal: string): object | "*" {
  if (principal === "*") return principal;
  return principal.includes(".") && !principal.startsWith("arn:") ? { Service: principal } : { AWS: principal };
}

/** `function_name` is a name, `name:qualifier`, `123456789012:function:name` or an ARN with or without a qualifier. */
function permittedFunctionArn(permission: Resource<"functionPermissions">, state: TwinState): string {
  const [, afterFunction = permission.function_name] = /function:(.+)$/.exec(permission.function_name) ?? [];
  const [name = "", qualifier] = afterFunction.split(":");
  const known = state.functions.find((each) => each.function_name === name)?.arn;
  const unqualified = known ?? `arn:${state.partition}:lambda:${state.region}:${state.accountId}:function:${name}`;
  const suffix = permission.qualifier ?? qualifier;
  return suffix === undefined ? unqualified : `${unqualified}:${suffix}`;
}
