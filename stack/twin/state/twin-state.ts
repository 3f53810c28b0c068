import type { z } from "zod";
import * as apiGateway from "./resource-types/api-gateway.ts";
import * as autoscaling from "./resource-types/autoscaling.ts";
import * as data from "./resource-types/data.ts";
import * as identity from "./resource-types/identity.ts";
import * as compute from "./resource-types/instance.ts";
import * as lambda from "./resource-types/lambda.ts";
import * as loadBalancer from "./resource-types/load-balancer.ts";
import * as network from "./resource-types/network.ts";
import * as s3 from "./resource-types/s3.ts";

/**
 * The resource types that the twin gives a behaviour to: where they are kept in `TwinState`, what Terraform calls
 * them (a type may have an older name), and their shape. A further type is one more line here.
 */
export const resourceTypes = {
  functions: { types: ["aws_lambda_function"], shape: lambda.lambdaFunction },
  functionAliases: { types: ["aws_lambda_alias"], shape: lambda.lambdaAlias },
  functionPermissions: { types: ["aws_lambda_permission"], shape: lambda.lambdaPermission },
  functionEventInvokeConfigs: {
    types: ["aws_lambda_function_event_invoke_config"],
    shape: lambda.functionEventInvokeConfig,
  },
  eventSourceMappings: { types: ["aws_lambda_event_source_mapping"], shape: lambda.eventSourceMapping },
  loadBalancers: { types: ["aws_lb", "aws_alb"], shape: loadBalancer.loadBalancer },
  listeners: { types: ["aws_lb_listener", "aws_alb_listener"], shape: loadBalancer.loadBalancerListener },
  listenerRules: {
    types: ["aws_lb_listener_rule", "aws_alb_listener_rule"],
    shape: loadBalancer.loadBalancerListenerRule,
  },
  targetGroups: { types: ["aws_lb_target_group", "aws_alb_target_group"], shape: loadBalancer.targetGroup },
  targetGroupAttachments: {
    types: ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"],
    shape: loadBalancer.targetGroupAttachment,
  },
  restApis: { types: ["aws_api_gateway_rest_api"], shape: apiGateway.restApi },
  restApiResources: { types: ["aws_api_gateway_resource"], shape: apiGateway.restApiResource },
  restApiMethods: { types: ["aws_api_gateway_method"], shape: apiGateway.restApiMethod },
  restApiIntegrations: { types: ["aws_api_gateway_integration"], shape: apiGateway.restApiIntegration },
  restApiMethodResponses: { types: ["aws_api_gateway_method_response"], shape: apiGateway.restApiResponse },
  restApiIntegrationResponses: { types: ["aws_api_gateway_integration_response"], shape: apiGateway.restApiResponse },
  restApiDeployments: { types: ["aws_api_gateway_deployment"], shape: apiGateway.restApiDeployment },
  restApiStages: { types: ["aws_api_gateway_stage"], shape: apiGateway.restApiStage },
  restApiMethodSettings: { types: ["aws_api_gateway_method_settings"], shape: apiGateway.restApiMethodSettings },
  restApiPolicies: { types: ["aws_api_gateway_rest_api_policy"], shape: apiGateway.restApiPolicy },
  apiGatewayAccounts: { types: ["aws_api_gateway_account"], shape: apiGateway.apiGatewayAccount },
  buckets: { types: ["aws_s3_bucket"], shape: s3.bucket },
  bucketVersionings: { types: ["aws_s3_bucket_versioning"], shape: s3.bucketVersioning },
  bucketEncryptions: { types: ["aws_s3_bucket_server_side_encryption_configuration"], shape: s3.bucketEncryption },
  bucketNotifications: { types: ["aws_s3_bucket_notification"], shape: s3.bucketNotification },
  bucketPolicies: { types: ["aws_s3_bucket_policy"], shape: s3.bucketPolicy },
  bucketPublicAccessBlocks: { types: ["aws_s3_bucket_public_access_block"], shape: s3.bucketPublicAccessBlock },
  bucketOwnershipControls: { types: ["aws_s3_bucket_ownership_controls"], shape: s3.bucketOwnershipControls },
  bucketLoggings: { types: ["aws_s3_bucket_logging"], shape: s3.bucketLogging },
  bucketObjects: { types: ["aws_s3_object"], shape: s3.bucketObject },
  streams: { types: ["aws_kinesis_stream"], shape: data.stream },
  tables: { types: ["aws_dynamodb_table"], shape: data.table },
  logGroups: { types: ["aws_cloudwatch_log_group"], shape: data.logGroup },
  roles: { types: ["aws_iam_role"], shape: identity.role },
  rolePolicies: { types: ["aws_iam_role_policy"], shape: identity.rolePolicy },
  policies: { types: ["aws_iam_policy"], shape: identity.policy },
  rolePolicyAttachments: { types: ["aws_iam_role_policy_attachment"], shape: identity.rolePolicyAttachment },
  policyAttachments: { types: ["aws_iam_policy_attachment"], shape: identity.policyAttachment },
  instanceProfiles: { types: ["aws_iam_instance_profile"], shape: identity.instanceProfile },
  users: { types: ["aws_iam_user"], shape: identity.user },
  keys: { types: ["aws_kms_key"], shape: identity.key },
  keyPolicies: { types: ["aws_kms_key_policy"], shape: identity.keyPolicy },
  keyAliases: { types: ["aws_kms_alias"], shape: identity.keyAlias },
  keyGrants: { types: ["aws_kms_grant"], shape: identity.keyGrant },
  vpcs: { types: ["aws_vpc"], shape: network.vpc },
  subnets: { types: ["aws_subnet"], shape: network.subnet },
  internetGateways: { types: ["aws_internet_gateway"], shape: network.internetGateway },
  internetGatewayAttachments: { types: ["aws_internet_gateway_attachment"], shape: network.internetGatewayAttachment },
  natGateways: { types: ["aws_nat_gateway"], shape: network.natGateway },
  routeTables: { types: ["aws_route_table", "aws_default_route_table"], shape: network.routeTable },
  routes: { types: ["aws_route"], shape: network.route },
  routeTableAssociations: { types: ["aws_route_table_association"], shape: network.routeTableAssociation },
  mainRouteTableAssociations: { types: ["aws_main_route_table_association"], shape: network.mainRouteTableAssociation },
  securityGroups: { types: ["aws_security_group", "aws_default_security_group"], shape: network.securityGroup },
  securityGroupRules: { types: ["aws_security_group_rule"], shape: network.securityGroupRule },
  ingressRules: { types: ["aws_vpc_security_group_ingress_rule"], shape: network.vpcSecurityGroupRule },
  egressRules: { types: ["aws_vpc_security_group_egress_rule"], shape: network.vpcSecurityGroupRule },
  flowLogs: { types: ["aws_flow_log"], shape: network.flowLog },
  instances: { types: ["aws_instance"], shape: compute.instance },
  scalableTargets: { types: ["aws_appautoscaling_target"], shape: autoscaling.scalableTarget },
  scalingPolicies: { types: ["aws_appautoscaling_policy"], shape: autoscaling.scalingPolicy },
} as const;

export type ResourceTypes = typeof resourceTypes;

/** A resource of the state: its attributes by the provider's names, and the address it has in Terraform. */
export type Addressed<T> = T & {
  readonly address: string;
  /** The addresses of what it was made after, without indexes; absent where the state does not say. */
  readonly dependsOn?: readonly string[];
};

/** All resources of one kind, for example `Resource<"functions">`. */
export type Resource<K extends keyof ResourceTypes> = Addressed<z.infer<ResourceTypes[K]["shape"]>>;

export type Resources = { readonly [K in keyof ResourceTypes]: readonly Resource<K>[] };

/** What the twin boots from: everything that Terraform's state says about one account and region. */
export interface TwinState extends Resources {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `eu-central-1`. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The ARNs of all resources, known to the twin or not, by their addresses without indexes. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
  /** The outputs that are texts: the twin asks them only for what no resource says. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What was ignored, one sentence each. */
  readonly notes: readonly string[];
}
