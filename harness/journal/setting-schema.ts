import { z } from "zod";
import { readErrorSchema } from "../model/read-error.ts";
import type { KeyGrant, ListenerRule, SecurityGroupRule, Setting, SettingKind } from "../model/settings/setting.ts";
import { policySchema } from "./policy-schema.ts";

/** The shape of the settings in a journal, held to the model's types by the compiler (`z.ZodType<Setting>`). */
const text = z.string();
const texts = z.array(text);
const count = z.number();

const listenerRule: z.ZodType<ListenerRule> = z.object({
  arn: text,
  priority: text,
  conditions: z.array(z.object({ field: text, httpHeaderName: text, values: texts, regexValues: texts })),
  forwardsTo: texts,
  action: text,
});

const securityGroupRule: z.ZodType<SecurityGroupRule> = z.object({
  protocol: text,
  fromPort: count,
  toPort: count,
  cidrsIpv4: texts,
  cidrsIpv6: texts,
  securityGroupIds: texts,
  prefixListIds: texts,
});

const grant: z.ZodType<KeyGrant> = z.object({
  granteePrincipal: text,
  operations: texts,
  encryptionContext: z.object({ match: z.enum(["any", "subset", "equals"]), pairs: z.record(text, text) }),
});

const network = [
  z.object({
    kind: z.literal("load-balancer"),
    arn: text,
    dnsName: text,
    type: text,
    scheme: z.enum(["internet-facing", "internal"]),
    ipAddressType: text,
    state: text,
    vpcId: text,
    subnetIds: texts,
    securityGroupIds: texts,
    accessLogs: z.object({ enabled: z.boolean(), bucket: text, prefix: text }),
  }),
  z.object({
    kind: z.literal("listeners"),
    loadBalancerArn: text,
    listeners: z.array(z.object({ arn: text, port: count, protocol: text, rules: z.array(listenerRule) })),
  }),
  z.object({
    kind: z.literal("target-group"),
    arn: text,
    targetType: text,
    loadBalancerArns: texts,
    targets: z.array(z.object({ id: text, health: text, reason: text })),
  }),
  z.object({
    kind: z.literal("security-group"),
    id: text,
    ingress: z.array(securityGroupRule),
    egress: z.array(securityGroupRule),
  }),
  z.object({
    kind: z.literal("subnet"),
    id: text,
    vpcId: text,
    routeTableId: text,
    routes: z.array(z.object({ destination: text, target: text, state: text })),
  }),
  z.object({ kind: z.literal("vpc"), id: text, cidrsIpv4: texts, cidrsIpv6: texts }),
  z.object({
    kind: z.literal("flow-logs"),
    vpcId: text,
    flowLogs: z.array(
      z.object({
        id: text,
        status: text,
        deliveryStatus: text,
        deliveryError: text,
        destinationType: text,
        destination: text,
        roleArn: text,
      }),
    ),
  }),
  z.object({
    kind: z.literal("instance"),
    id: text,
    state: text,
    subnetId: text,
    securityGroupIds: texts,
    publicIpAddress: text,
    roleArn: text,
  }),
] as const;

const functions = [
  z.object({
    kind: z.literal("function"),
    name: text,
    arn: text,
    roleArn: text,
    runtime: text,
    handler: text,
    timeoutSeconds: count,
    memoryMiB: count,
    state: text,
    stateReason: text,
    lastUpdateStatus: text,
    lastUpdateStatusReason: text,
    codeSha256: text,
    environment: z.record(text, text.nullable()),
    environmentError: text,
    keyArn: text,
    logGroup: text,
    reservedConcurrency: count.nullable(),
    subnetIds: texts,
    securityGroupIds: texts,
  }),
  z.object({ kind: z.literal("function-policy"), functionName: text, policy: policySchema }),
  z.object({
    kind: z.literal("event-source-mappings"),
    functionName: text,
    mappings: z.array(
      z.object({
        uuid: text,
        eventSourceArn: text,
        state: text,
        stateReason: text,
        lastProcessingResult: text,
        batchSize: count,
        filterPatterns: texts,
        maximumRetryAttempts: count,
        reportsBatchItemFailures: z.boolean(),
        parallelizationFactor: count.optional(),
      }),
    ),
  }),
] as const;

const identity = [
  z.object({
    kind: z.literal("role"),
    name: text,
    arn: text,
    trust: policySchema,
    policies: z.array(z.object({ name: text, document: policySchema })),
    permissionsBoundary: policySchema.nullable(),
  }),
  z.object({
    kind: z.literal("key"),
    arn: text,
    state: text,
    manager: text,
    policy: policySchema,
    grants: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("read"), value: z.array(grant) }),
      z.object({ kind: z.literal("unread"), error: readErrorSchema }),
    ]),
  }),
] as const;

const stores = [
  z.object({
    kind: z.literal("stream"),
    name: text,
    arn: text,
    status: text,
    mode: text,
    openShards: count,
    keyArn: text,
  }),
  z.object({
    kind: z.literal("table"),
    name: text,
    arn: text,
    status: text,
    billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]),
    readCapacity: count,
    writeCapacity: count,
    keySchema: z.array(z.object({ attribute: text, keyType: text, attributeType: text })),
    keyArn: text,
    pointInTimeRecovery: z.boolean(),
  }),
  z.object({
    kind: z.literal("scaling"),
    tableName: text,
    targets: z.array(z.object({ dimension: text, minimum: count, maximum: count, suspended: z.boolean() })),
    policies: z.array(z.object({ dimension: text, policyType: text, metric: text })),
  }),
  z.object({
    kind: z.literal("bucket"),
    name: text,
    versioning: z.enum(["Enabled", "Suspended", "Off"]),
    encryption: z.object({ algorithm: text, keyArn: text, bucketKey: z.boolean() }).nullable(),
    publicAccessBlock: z
      .object({
        blockPublicAcls: z.boolean(),
        ignorePublicAcls: z.boolean(),
        blockPublicPolicy: z.boolean(),
        restrictPublicBuckets: z.boolean(),
      })
      .nullable(),
    policy: policySchema.nullable(),
    functionNotifications: z.array(
      z.object({ id: text, functionArn: text, events: texts, prefix: text, suffix: text }),
    ),
  }),
  z.object({
    kind: z.literal("object"),
    bucket: text,
    key: text,
    encryption: text,
    keyArn: text,
    lastModifiedMs: count,
  }),
  z.object({ kind: z.literal("log-group"), name: text, arn: text, keyArn: text, retentionDays: count.nullable() }),
] as const;

const apis = [
  z.object({
    kind: z.literal("api"),
    id: text,
    name: text,
    endpointTypes: texts,
    executeApiEndpointDisabled: z.boolean(),
    policy: policySchema.nullable(),
    methods: z.array(
      z.object({
        path: text,
        httpMethod: text,
        authorization: text,
        apiKeyRequired: z.boolean(),
        integrationType: text,
        integrationUri: text,
        integrationHttpMethod: text,
        integrationCredentialsArn: text,
      }),
    ),
  }),
  z.object({
    kind: z.literal("api-stage"),
    apiId: text,
    name: text,
    deploymentId: text,
    accessLogDestinationArn: text,
    accessLogFormat: text,
    throttles: z.array(z.object({ method: text, requestsPerSecond: count, burst: count })).optional(),
  }),
  z.object({ kind: z.literal("api-account"), region: text, cloudwatchRoleArn: text }),
] as const;

const settingUnion = z.discriminatedUnion("kind", [...network, ...functions, ...identity, ...stores, ...apis]);

export const settingSchema: z.ZodType<Setting> = settingUnion;

export const settingKindSchema: z.ZodType<SettingKind> = z.enum(
  settingUnion.options.map((option) => option.shape.kind.value),
);
