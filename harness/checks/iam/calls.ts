import type { FunctionSetting } from "../../model/settings/function-setting.ts";
import type { RoleSetting } from "../../model/settings/identity-setting.ts";
import type { Place } from "../../model/settings/place.ts";
import type { AccessRequest, RequestContext } from "./request.ts";

/** What is asked for, apart from who asks. */
export interface Asked {
  readonly action: string;
  readonly resourceArn: string;
  /** Keys of the service; they win over the general ones. */
  readonly context?: RequestContext;
}

/**
 * A call in a role's name, with the condition keys that AWS puts into it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * @param session Name of the role's session, null where it is not known.
 */
export function callOfRole(
  role: { readonly arn: string },
  session: string | null,
  asked: Asked,
  place: Place,
): AccessRequest {
  return {
    principal: { kind: "role", arn: role.arn, session },
    action: asked.action,
    resourceArn: asked.resourceArn,
    context: {
      ...everyCall(place),
      "aws:PrincipalArn": role.arn,
      "aws:PrincipalAccount": place.accountId,
      "aws:PrincipalType": "AssumedRole",
      "aws:PrincipalIsAWSService": "false",
      "aws:PrincipalServiceName": null,
      "aws:PrincipalServiceNamesList": null,
      "aws:SourceArn": null,
      "aws:SourceAccount": null,
      "kms:CallerAccount": place.accountId,
      ...asked.context,
    },
  };
}

/** A call of a function's code: its session bears the function's name, and outside a VPC it comes from none. */
export function callOfFunction(
  role: RoleSetting,
  { name, arn, subnetIds }: FunctionSetting,
  asked: Asked,
  place: Place,
): AccessRequest {
  const outsideVpc = { "aws:SourceVpc": null, "aws:SourceVpce": null, "aws:VpcSourceIp": null };
  const context = { "lambda:SourceFunctionArn": arn, ...(subnetIds.length === 0 ? outsideVpc : {}), ...asked.context };
  return callOfRole(role, name, { ...asked, context }, place);
}

/** A call of an AWS service in its own name, for one of the account's resources. */
export function callOfService(
  service: string,
  source: { readonly arn: string | null; readonly accountId: string },
  asked: Asked,
  place: Place,
): AccessRequest {
  return {
    principal: { kind: "service", name: service },
    action: asked.action,
    resourceArn: asked.resourceArn,
    context: {
      ...everyCall(place),
      "aws:PrincipalArn": null,
      "aws:PrincipalAccount": null,
      "aws:PrincipalOrgID": null,
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": service,
      "aws:PrincipalServiceNamesList": [service],
      "aws:SourceAccount": source.accountId,
      "aws:SourceIp": null,
      "aws:SourceVpc": null,
      "aws:SourceVpce": null,
      ...(source.arn === null ? {} : { "aws:SourceArn": source.arn }),
      ...asked.context,
    },
  };
}

/**
 * The condition keys of a call to KMS that a service makes in its caller's name.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 *
 * @param via First label of the service's host: `kinesis`.
 */
export function throughService(
  via: string,
  encryptionContext: Readonly<Record<string, string>>,
  { region }: Place,
): RequestContext {
  const service = `${via}.amazonaws.com`;
  return {
    "kms:ViaService": `${via}.${region}.amazonaws.com`,
    "aws:ViaAWSService": "true",
    "aws:CalledVia": [service],
    "aws:CalledViaFirst": service,
    "aws:CalledViaLast": service,
    "aws:SourceIp": null,
    "aws:SourceVpc": null,
    "aws:SourceVpce": null,
    ...encryptionContextKeys(encryptionContext),
  };
}

/** The condition keys of a call to KMS that say what is encrypted. */
export function encryptionContextKeys(pairs: Readonly<Record<string, string>>): RequestContext {
  const keys = Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const);
  return {
    "kms:GrantIsForAWSResource": null,
    ...Object.fromEntries(keys),
    "kms:EncryptionContextKeys": Object.keys(pairs),
  };
}

function everyCall({ accountId, region }: Place): RequestContext {
  return {
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": region,
    "aws:ResourceAccount": accountId,
    "aws:ViaAWSService": "false",
    "aws:CalledVia": null,
    "aws:CalledViaFirst": null,
    "aws:CalledViaLast": null,
    "aws:username": null,
    "aws:FederatedProvider": null,
    "kms:ViaService": null,
  };
}
