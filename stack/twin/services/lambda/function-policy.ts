import type { Resource, TwinState } from "../../state/twin-state.ts";
import { namedFunction } from "./lambda-parts.ts";

/** One statement of a function's resource policy, as AddPermission makes it. */
interface PermissionStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: "*" | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A function's resource policy as GetPolicy answers it: the permissions for the function itself, or for one qualifier.
 * Undefined where there are none. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function functionPolicy(
  state: TwinState,
  resource: Resource<"functions">,
  qualifier: string | undefined,
): string | undefined {
  const arn = qualifier === undefined ? resource.arn : `${resource.arn}:${qualifier}`;
  const statements = state.functionPermissions
    .filter((permission) => isFor(state, resource, qualifier, permission))
    .map((permission) => permissionStatement(permission, arn, state.partition));
  if (statements.length === 0) return undefined;
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}

function isFor(
  state: TwinState,
  resource: Resource<"functions">,
  qualifier: string | undefined,
  permission: Resource<"functionPermissions">,
): boolean {
  const named = namedFunction(state, permission.function_name, permission.qualifier);
  return named.arn === resource.arn && named.qualifier === qualifier;
}

function permissionStatement(
  permission: Resource<"functionPermissions">,
  functionArn: string,
  partition: string,
): PermissionStatement {
  const condition = conditionOf(permission);
  return {
    Sid: permission.statement_id,
    Effect: "Allow",
    Principal: principalOf(permission.principal, partition),
    Action: permission.action,
    Resource: functionArn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

/** A service, an account (shown as its root), an ARN or everyone. */
function principalOf(principal: string, partition: string): PermissionStatement["Principal"] {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}

function conditionOf(permission: Resource<"functionPermissions">): Record<string, Record<string, string>> {
  const equals: readonly (readonly [key: string, value: string | undefined])[] = [
    ["AWS:SourceAccount", permission.source_account],
    ["aws:PrincipalOrgID", permission.principal_org_id],
    ["lambda:EventSourceToken", permission.event_source_token],
    ["lambda:FunctionUrlAuthType", permission.function_url_auth_type],
  ];
  const stringEquals: Record<string, string> = {};
  for (const [key, value] of equals) if (value !== undefined) stringEquals[key] = value;
  return {
    ...(Object.keys(stringEquals).length === 0 ? {} : { StringEquals: stringEquals }),
    ...(permission.source_arn === undefined ? {} : { ArnLike: { "AWS:SourceArn": permission.source_arn } }),
  };
}
