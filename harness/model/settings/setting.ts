import type { ApiAccountSetting, ApiSetting, ApiStageSetting } from "./api-setting.ts";
import type {
  BucketSetting,
  LogGroupSetting,
  ObjectSetting,
  ScalingSetting,
  StreamSetting,
  TableSetting,
} from "./data-setting.ts";
import type { EventSourceMappingsSetting, FunctionPolicySetting, FunctionSetting } from "./function-setting.ts";
import type { KeySetting, RoleSetting } from "./identity-setting.ts";
import type { InstanceSetting } from "./instance-setting.ts";
import type { ListenersSetting, LoadBalancerSetting, TargetGroupSetting } from "./load-balancer-setting.ts";
import type { FlowLogsSetting, SecurityGroupSetting, SubnetSetting, VpcSetting } from "./network-setting.ts";

/**
 * What the account says about the resources behind a pipeline, read once per run and journalled; rules judge it and never ask
 * the account. Names follow the AWS API they are read from; only what some rule needs is kept, and nothing that may be secret:
 * a function's environment keeps values only where they are names that the deployment's outputs hold too.
 */
export type Setting =
  | LoadBalancerSetting
  | ListenersSetting
  | TargetGroupSetting
  | SecurityGroupSetting
  | SubnetSetting
  | VpcSetting
  | FlowLogsSetting
  | FunctionSetting
  | FunctionPolicySetting
  | EventSourceMappingsSetting
  | RoleSetting
  | KeySetting
  | StreamSetting
  | TableSetting
  | ScalingSetting
  | BucketSetting
  | LogGroupSetting
  | ApiSetting
  | ApiStageSetting
  | ApiAccountSetting
  | InstanceSetting
  | ObjectSetting;

export type SettingKind = Setting["kind"];

export type { ApiAccountSetting, ApiSetting, ApiStageSetting } from "./api-setting.ts";
export type {
  BucketSetting,
  LogGroupSetting,
  ObjectSetting,
  ScalingSetting,
  StreamSetting,
  TableSetting,
} from "./data-setting.ts";
export type { EventSourceMappingsSetting, FunctionPolicySetting, FunctionSetting } from "./function-setting.ts";
export type { KeyGrant, KeySetting, PolicyDocument, PolicyStatement, RoleSetting } from "./identity-setting.ts";
export type { InstanceSetting } from "./instance-setting.ts";
export type {
  ListenerCondition,
  ListenerRule,
  ListenersSetting,
  LoadBalancerSetting,
  TargetGroupSetting,
} from "./load-balancer-setting.ts";
export type {
  FlowLogsSetting,
  SecurityGroupRule,
  SecurityGroupSetting,
  SubnetSetting,
  VpcSetting,
} from "./network-setting.ts";
export type { Part } from "./part.ts";
