import type { z } from "zod";
import { arnOf, type Place } from "./place.ts";

/** A kind of setting: everything about it except how it is read, which is in `checks/read/readers/`. */
export interface SettingKindRecord<Schema extends z.ZodObject> {
  readonly schema: Schema;
  /** The fields that make up the subject, joined by a slash. */
  readonly subject: readonly (keyof z.infer<Schema>)[];
  /** Returns the subject for any name of the resource, such as its ARN; an unknown name is returned unchanged. */
  readonly nameIn: (reference: string, place: Place) => string;
}

/** @param nameIn Omit it if the resource has no other name than the subject. */
export function settingKind<Schema extends z.ZodObject>(
  schema: Schema,
  subject: SettingKindRecord<Schema>["subject"],
  nameIn: SettingKindRecord<Schema>["nameIn"] = (reference) => reference,
): SettingKindRecord<Schema> {
  return { schema, subject, nameIn };
}

/** Takes the name out of an ARN of the deployment's account and region. Other ARNs are kept: they are other resources. */
export function nameInArn(service: string, resource: RegExp): SettingKindRecord<z.ZodObject>["nameIn"] {
  return (reference, place) => {
    const prefix = arnOf(service, "", place);
    if (!reference.startsWith(prefix)) return reference;
    return resource.exec(reference.slice(prefix.length))?.[1] ?? reference;
  };
}
