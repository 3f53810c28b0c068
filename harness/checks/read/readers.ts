import type { Roles } from "../../model/role.ts";
import type { Place } from "../../model/settings/place.ts";
import type { SettingKind } from "../../model/settings/setting.ts";
import type { Target } from "../../model/settings/subject.ts";
import { type AnyReader, anyReader } from "./reader.ts";
import { apiReader } from "./readers/api.ts";
import { apiAccountReader } from "./readers/api-account.ts";
import { apiStageReader } from "./readers/api-stage.ts";
import { bucketReader } from "./readers/bucket.ts";
import { eventSourceMappingsReader } from "./readers/event-source-mappings.ts";
import { flowLogsReader } from "./readers/flow-logs.ts";
import { functionReader } from "./readers/function.ts";
import { functionPolicyReader } from "./readers/function-policy.ts";
import { instanceReader } from "./readers/instance.ts";
import { keyReader } from "./readers/key.ts";
import { listenersReader } from "./readers/listeners.ts";
import { loadBalancerReader } from "./readers/load-balancer.ts";
import { logGroupReader } from "./readers/log-group.ts";
import { objectReader } from "./readers/object.ts";
import { roleReader } from "./readers/role.ts";
import { scalingReader } from "./readers/scaling.ts";
import { securityGroupReader } from "./readers/security-group.ts";
import { streamReader } from "./readers/stream.ts";
import { subnetReader } from "./readers/subnet.ts";
import { tableReader } from "./readers/table.ts";
import { targetGroupReader } from "./readers/target-group.ts";
import { vpcReader } from "./readers/vpc.ts";

/** How each kind of setting is read. */
export const READERS: Readonly<Record<SettingKind, AnyReader>> = {
  "load-balancer": anyReader(loadBalancerReader),
  listeners: anyReader(listenersReader),
  "target-group": anyReader(targetGroupReader),
  "security-group": anyReader(securityGroupReader),
  subnet: anyReader(subnetReader),
  vpc: anyReader(vpcReader),
  "flow-logs": anyReader(flowLogsReader),
  function: anyReader(functionReader),
  "function-policy": anyReader(functionPolicyReader),
  "event-source-mappings": anyReader(eventSourceMappingsReader),
  role: anyReader(roleReader),
  key: anyReader(keyReader),
  stream: anyReader(streamReader),
  table: anyReader(tableReader),
  scaling: anyReader(scalingReader),
  bucket: anyReader(bucketReader),
  "log-group": anyReader(logGroupReader),
  api: anyReader(apiReader),
  "api-stage": anyReader(apiStageReader),
  "api-account": anyReader(apiAccountReader),
  instance: anyReader(instanceReader),
  object: anyReader(objectReader),
};

/** The settings that reading starts with. They follow from the roles alone, so a resource that is denied does not keep others from being read. */
export function targetsOfRoles(roles: Roles, place: Place): Target[] {
  return Object.values(READERS).flatMap((reader) => reader.start(roles, place));
}
