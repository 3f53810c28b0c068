import { z } from "zod";
import type { DeepReadonly } from "../deep-readonly.ts";
import { settingKind } from "./setting-kind.ts";

const securityGroupRuleSchema = z.object({
  /** `tcp`, `udp`, `icmp`, … or `-1` for all. */
  protocol: z.string(),
  /** -1 for all ports. */
  fromPort: z.number(),
  toPort: z.number(),
  cidrsIpv4: z.array(z.string()),
  cidrsIpv6: z.array(z.string()),
  securityGroupIds: z.array(z.string()),
  prefixListIds: z.array(z.string()),
});

export type SecurityGroupRule = DeepReadonly<z.infer<typeof securityGroupRuleSchema>>;

const securityGroupSchema = z.object({
  kind: z.literal("security-group"),
  id: z.string(),
  ingress: z.array(securityGroupRuleSchema),
  egress: z.array(securityGroupRuleSchema),
});

const subnetSchema = z.object({
  kind: z.literal("subnet"),
  id: z.string(),
  vpcId: z.string(),
  routeTableId: z.string(),
  routes: z.array(z.object({ destination: z.string(), target: z.string(), state: z.string() })),
});

export type SubnetSetting = DeepReadonly<z.infer<typeof subnetSchema>>;

const vpcSchema = z.object({
  kind: z.literal("vpc"),
  id: z.string(),
  cidrsIpv4: z.array(z.string()),
  cidrsIpv6: z.array(z.string()),
});

export type VpcSetting = DeepReadonly<z.infer<typeof vpcSchema>>;

const flowLogsSchema = z.object({
  kind: z.literal("flow-logs"),
  vpcId: z.string(),
  flowLogs: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      deliveryStatus: z.string(),
      deliveryError: z.string(),
      destinationType: z.string(),
      /** ARN of a bucket or stream, or the name of a log group. */
      destination: z.string(),
      roleArn: z.string(),
    }),
  ),
});

export type FlowLogsSetting = DeepReadonly<z.infer<typeof flowLogsSchema>>;

/** An EC2 instance. */
const instanceSchema = z.object({
  kind: z.literal("instance"),
  id: z.string(),
  state: z.string(),
  subnetId: z.string(),
  securityGroupIds: z.array(z.string()),
  publicIpAddress: z.string(),
  /** Empty if the instance has no profile, or the profile no role. */
  roleArn: z.string(),
});

export type InstanceSetting = DeepReadonly<z.infer<typeof instanceSchema>>;

export const NETWORK_KINDS = [
  settingKind(securityGroupSchema, ["id"]),
  settingKind(subnetSchema, ["id"]),
  settingKind(vpcSchema, ["id"]),
  settingKind(flowLogsSchema, ["vpcId"]),
  settingKind(instanceSchema, ["id"]),
] as const;
