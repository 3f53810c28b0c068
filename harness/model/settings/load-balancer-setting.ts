import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { settingKind } from "./setting-kind.ts";

const loadBalancerSchema = z.object({
  kind: z.literal("load-balancer"),
  arn: z.string(),
  dnsName: z.string(),
  /** `application`, `network` or `gateway`. */
  type: z.string(),
  scheme: z.enum(["internet-facing", "internal"]),
  /** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
  ipAddressType: z.string(),
  state: z.string(),
  vpcId: z.string(),
  subnetIds: z.array(z.string()),
  securityGroupIds: z.array(z.string()),
  accessLogs: z.object({ enabled: z.boolean(), bucket: z.string(), prefix: z.string() }),
});

export type LoadBalancerSetting = DeepReadonly<z.infer<typeof loadBalancerSchema>>;

/** Met if one of the values, which may hold the wildcards `*` and `?`, or one of the regular expressions matches. */
const listenerConditionSchema = z.object({
  /** `path-pattern`, `host-header`, `http-header`, `http-request-method`, `query-string`, `source-ip`. */
  field: z.string(),
  /** Name of the header for `http-header`, else empty. */
  httpHeaderName: z.string(),
  /** For `query-string`: `key=value`, or only the value if any key will do. */
  values: z.array(z.string()),
  regexValues: z.array(z.string()),
});

export type ListenerCondition = DeepReadonly<z.infer<typeof listenerConditionSchema>>;

const listenerRuleSchema = z.object({
  arn: z.string(),
  /** `default` or a number. */
  priority: z.string(),
  conditions: z.array(listenerConditionSchema),
  /** Target groups that a forward action may choose, without those of weight 0; empty for other actions. */
  forwardsTo: z.array(z.string()),
  /** The first action for an unauthenticated request: `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, … */
  action: z.string(),
});

export type ListenerRule = DeepReadonly<z.infer<typeof listenerRuleSchema>>;

/** All listeners of a load balancer with their rules, the default rule last. */
const listenersSchema = z.object({
  kind: z.literal("listeners"),
  loadBalancerArn: z.string(),
  listeners: z.array(
    z.object({ arn: z.string(), port: z.number(), protocol: z.string(), rules: z.array(listenerRuleSchema) }),
  ),
});

export type ListenersSetting = DeepReadonly<z.infer<typeof listenersSchema>>;

const targetGroupSchema = z.object({
  kind: z.literal("target-group"),
  arn: z.string(),
  targetType: z.string(),
  /** Load balancers whose rules name this group. */
  loadBalancerArns: z.array(z.string()),
  targets: z.array(z.object({ id: z.string(), health: z.string(), reason: z.string() })),
});

export type TargetGroupSetting = DeepReadonly<z.infer<typeof targetGroupSchema>>;

export const LOAD_BALANCER_KINDS = [
  settingKind(loadBalancerSchema, ["arn"]),
  settingKind(listenersSchema, ["loadBalancerArn"]),
  settingKind(targetGroupSchema, ["arn"]),
] as const;
