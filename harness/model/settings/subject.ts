import type { Place } from "./place.ts";
import { type AnySetting, type AnySettingKind, isStateKind, SETTING_KINDS, type SettingKind } from "./setting.ts";
import { STATE_SUBJECT } from "./state-setting.ts";

/** One setting to read. */
export interface Target {
  readonly kind: SettingKind;
  /** By what it is asked for, as `subjectOf` spells it. */
  readonly subject: string;
}

const RECORDS = new Map<string, (typeof SETTING_KINDS)[number]>(
  SETTING_KINDS.map((record) => [record.schema.shape.kind.value, record]),
);

/**
 * The one spelling of a setting's subject, so that a resource that is named here by its name and there by its ARN is read and
 * looked up as one:
 *
 * - ARN: load-balancer, listeners (the load balancer's), target-group, role, key (an alias stays an alias)
 * - name: function, function-policy, event-source-mappings, stream, table, scaling, bucket, log-group
 * - id: security-group, subnet, vpc, flow-logs (the vpc's), api, instance; the region for api-account
 * - two parts: see `stageSubject` and `objectSubject`
 *
 * An ARN of another account or region stays whole: it is another resource, whatever its name. What Terraform says has one subject.
 */
export function subjectOf(kind: AnySettingKind, reference: string, place: Place): string {
  return isStateKind(kind) ? STATE_SUBJECT : (RECORDS.get(kind)?.nameIn(reference, place) ?? reference);
}

/** The subject that a setting of the deployment's own account and region is read under. */
export function subjectIn(setting: AnySetting): string {
  if (isStateKind(setting.kind)) return STATE_SUBJECT;
  const fields: Readonly<Record<string, unknown>> = { ...setting };
  return (RECORDS.get(setting.kind)?.subject ?? []).map((field) => fields[field]).join("/");
}

/** A setting to read, by any of the names that other settings have for it. */
export function targetOf(kind: SettingKind, reference: string, place: Place): Target {
  return { kind, subject: subjectOf(kind, reference, place) };
}

/** As `targetOf`; none where the reference is empty or missing: many settings may name one and need not. */
export function targetIfAny(kind: SettingKind, reference: string | undefined, place: Place): readonly Target[] {
  return reference === undefined || reference === "" ? [] : [targetOf(kind, reference, place)];
}

/** Subject of `api-stage`. */
export function stageSubject(apiId: string, stage: string): string {
  return `${apiId}/${stage}`;
}

/** Subject of `object`. */
export function objectSubject(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

/** The two parts of a stage's or an object's subject. */
export function splitSubject(subject: string): readonly [string, string] {
  const slash = subject.indexOf("/");
  return slash === -1 ? [subject, ""] : [subject.slice(0, slash), subject.slice(slash + 1)];
}
