import type { Fact } from "../fact.ts";
import type { ReadError } from "../read-error.ts";
import type { Place } from "./place.ts";
import { type AnySetting, type AnySettingKind, isOfKind, type SettingOf } from "./setting.ts";
import { subjectOf } from "./subject.ts";

/** What was read of one setting. `not-asked`: no reader had a reason to read it, or the run ended before. */
export type Looked<Kind extends AnySettingKind> =
  | { readonly kind: "read"; readonly setting: SettingOf<Kind> }
  | { readonly kind: "absent" }
  /** One error per failed call, in the order of their operations: the first, and the others. */
  | { readonly kind: "unread"; readonly error: ReadError; readonly more?: readonly ReadError[] }
  | { readonly kind: "not-asked" };

/** The account as the journal knows it. */
export interface Account {
  /** By any name of the resource that `subjectOf` knows. */
  look<Kind extends AnySettingKind>(kind: Kind, reference: string): Looked<Kind>;
  /** The setting; undefined if it was not read. */
  find<Kind extends AnySettingKind>(kind: Kind, reference: string | undefined): SettingOf<Kind> | undefined;
  /** Every setting of a kind that was read, in the order of reading. */
  all<Kind extends AnySettingKind>(kind: Kind): readonly SettingOf<Kind>[];
}

/**
 * Collects the setting facts of a journal. A setting counts as read if it was read once; otherwise every call that failed is kept.
 *
 * @param place Place of the run's target, where a resource's name and its ARN mean the same.
 */
export function accountOf(facts: readonly Fact[], place: Place): Account {
  const settings = new Map<string, AnySetting>();
  const absent = new Set<string>();
  const errors = new Map<string, Map<string, ReadError>>();
  for (const fact of facts) {
    if (fact.fact === "setting") settings.set(keyOf(fact.setting.kind, fact.subject), fact.setting);
    if (fact.fact === "setting-absent") absent.add(keyOf(fact.kind, fact.subject));
    if (fact.fact === "setting-unread") addError(errors, keyOf(fact.kind, fact.subject), fact.error);
  }
  const look: Account["look"] = (kind, reference) => {
    const key = keyOf(kind, subjectOf(kind, reference, place));
    const setting = settings.get(key);
    if (setting !== undefined && isOfKind(setting, kind)) return { kind: "read", setting };
    if (absent.has(key)) return { kind: "absent" };
    return unread([...(errors.get(key) ?? [])]);
  };
  return {
    look,
    find(kind, reference) {
      const looked = reference === undefined ? undefined : look(kind, reference);
      return looked?.kind === "read" ? looked.setting : undefined;
    },
    all: (kind) => [...settings.values()].filter((setting) => isOfKind(setting, kind)),
  };
}

/** The last error of a call counts: a call is repeated until its error is final. */
function addError(errors: Map<string, Map<string, ReadError>>, key: string, error: ReadError): void {
  const byOperation = errors.get(key) ?? new Map<string, ReadError>();
  errors.set(key, byOperation.set(error.operation, error));
}

function unread(errors: [operation: string, ReadError][]): Looked<never> {
  const [first, ...more] = errors.sort(([left], [right]) => (left < right ? -1 : 1)).map(([, error]) => error);
  if (first === undefined) return { kind: "not-asked" };
  return more.length === 0 ? { kind: "unread", error: first } : { kind: "unread", error: first, more };
}

function keyOf(kind: AnySettingKind, subject: string): string {
  return `${kind}\n${subject}`;
}
