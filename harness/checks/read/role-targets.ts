import type { RoleName, Roles } from "../../model/role.ts";
import type { Place } from "../../model/settings/place.ts";
import type { SettingKind } from "../../model/settings/setting.ts";
import { objectSubject, stageSubject, type Target, targetOf } from "../../model/settings/subject.ts";

/** The settings that a part's own name leads to; what they name in turn follows from them. */
const KINDS: readonly (readonly [RoleName, readonly SettingKind[]])[] = [
  ["loadBalancer", ["load-balancer", "listeners"]],
  ["targetGroup", ["target-group"]],
  ["vpc", ["vpc", "flow-logs"]],
  ["logsBucket", ["bucket"]],
  ["entryFunction", ["function", "function-policy", "event-source-mappings"]],
  ["stream", ["stream"]],
  ["consumerFunction", ["function", "function-policy", "event-source-mappings"]],
  ["table", ["table", "scaling"]],
  ["bucket", ["bucket"]],
  ["api", ["api"]],
  ["proofInstance", ["instance"]],
  ["key", ["key"]],
  ["accessLogGroup", ["log-group"]],
  ["flowLogGroup", ["log-group"]],
];

/** Where reading begins. Needs no setting, so that a part that is absent or denied still has what its name alone leads to. */
export function targetsOfRoles(roles: Roles, place: Place): Target[] {
  const targets = KINDS.flatMap(([role, kinds]) => {
    const reference = roles[role];
    return reference === undefined ? [] : kinds.map((kind) => targetOf(kind, reference, place));
  });
  const { api, apiStage, bucket, proofObjectKey } = roles;
  if (api !== undefined) targets.push({ kind: "api-account", subject: place.region });
  if (api !== undefined && apiStage !== undefined)
    targets.push({ kind: "api-stage", subject: stageSubject(api, apiStage) });
  if (bucket !== undefined && proofObjectKey !== undefined)
    targets.push({ kind: "object", subject: objectSubject(targetOf("bucket", bucket, place).subject, proofObjectKey) });
  return targets;
}
