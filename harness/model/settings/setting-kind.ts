import type { z } from "zod";
import { arnOf, type Place } from "./place.ts";

/** Everything about a kind of setting but how it is read, which its reader says (`checks/read/readers/`). */
export interface SettingKindRecord<Schema extends z.ZodObject> {
  readonly schema: Schema;
  /** The fields that make a setting's subject; two are joined by a slash. */
  readonly subject: readonly (keyof z.infer<Schema>)[];
  /** The subject, from any name of the resource. A name that it does not know it returns as it is. */
  readonly nameIn: (reference: string, place: Place) => string;
}

/** @param nameIn Omitted where a resource has no name but the subject. */
export function settingKind<Schema extends z.ZodObject>(
  schema: Schema,
  subject: SettingKindRecord<Schema>["subject"],
  nameIn: SettingKindRecord<Schema>["nameIn"] = (reference) => reference,
): SettingKindRecord<Schema> {
  return { schema, subject, nameIn };
}

/** The name in an ARN of the deployment's own account and region. An ARN of another stays whole: it is another resource. */
export function nameInArn(service: string, resource: RegExp): SettingKindRecord<z.ZodObject>["nameIn"] {
  return (reference, place) => {
    const prefix = arnOf(service, "", place);
    if (!reference.startsWith(prefix)) return reference;
    return resource.exec(reference.slice(prefix.length))?.[1] ?? reference;
  };
}
