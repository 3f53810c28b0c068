import type { Place } from "./place.ts";
import { type AnySetting, type AnySettingKind, isStateKind, SETTING_KINDS, type SettingKind } from "./setting.ts";
import { STATE_SUBJECT } from "./state-setting.ts";

/** One setting to read. */
export interface Target {
  readonly kind: SettingKind;
  /** What it is read by, as `subjectOf` returns it. */
  readonly subject: string;
}

const RECORDS = new Map<string, (typeof SETTING_KINDS)[number]>(
  SETTING_KINDS.map((record) => [record.schema.shape.kind.value, record]),
);

/**
 * The subject of a setting: the one form of a resource's name, so that a resource that is given by name in one place and by ARN in
 * another is read and looked up once. Each kind's record says which form that is. An ARN of another account or region is kept: it is
 * another resource, whatever its name. All settings from Terraform have one subject.
 */
export function subjectOf(kind: AnySettingKind, reference: string, place: Place): string {
  return isStateKind(kind) ? STATE_SUBJECT : (RECORDS.get(kind)?.nameIn(reference, place) ?? reference);
}

/** The subject of a setting that was read from the deployment's account and region. */
export function subjectIn(setting: AnySetting): string {
  if (isStateKind(setting.kind)) return STATE_SUBJECT;
  const fields: Readonly<Record<string, unknown>> = { ...setting };
  return (RECORDS.get(setting.kind)?.subject ?? []).map((field) => fields[field]).join("/");
}

/** A setting to read, by any name of the resource. */
export function targetOf(kind: SettingKind, reference: string, place: Place): Target {
  return { kind, subject: subjectOf(kind, reference, place) };
}

/** Like `targetOf`, for what a setting may leave open: none if the reference is empty or undefined. */
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
