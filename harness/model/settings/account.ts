import type { Fact } from "../fact.ts";
import type { ReadError } from "../read-error.ts";
import { type AnySetting, type AnySettingKind, isOfKind, type SettingOf } from "./setting.ts";

/** What was read of one setting. `not-asked`: no reader had a reason to read it, or the run ended before. */
export type Looked<Kind extends AnySettingKind> =
  | { readonly kind: "read"; readonly setting: SettingOf<Kind> }
  | { readonly kind: "absent" }
  /** One error for each call that failed: the first of them, and the others, in the order of their operations. */
  | { readonly kind: "unread"; readonly error: ReadError; readonly more?: readonly ReadError[] }
  | { readonly kind: "not-asked" };

/** The account as the journal knows it. */
export interface Account {
  /** `subject` is the name or ARN by which the setting was asked for. */
  look<Kind extends AnySettingKind>(kind: Kind, subject: string): Looked<Kind>;
  /** Every setting of a kind that was read, in the order of reading. */
  all<Kind extends AnySettingKind>(kind: Kind): readonly SettingOf<Kind>[];
}

/**
 * Puts the setting facts of a journal together. A setting that was read at any time is read; of one that was not, every call that
 * failed is kept.
 */
export function accountOf(facts: readonly Fact[]): Account {
  const settings = new Map<string, AnySetting>();
  const absent = new Set<string>();
  const errors = new Map<string, Map<string, ReadError>>();
  for (const fact of facts) {
    if (fact.fact === "setting") settings.set(keyOf(fact.setting.kind, fact.subject), fact.setting);
    if (fact.fact === "setting-absent") absent.add(keyOf(fact.kind, fact.subject));
    if (fact.fact === "setting-unread") addError(errors, keyOf(fact.kind, fact.subject), fact.error);
  }
  return {
    look(kind, subject) {
      const key = keyOf(kind, subject);
      const setting = settings.get(key);
      if (setting !== undefined && isOfKind(setting, kind)) return { kind: "read", setting };
      if (absent.has(key)) return { kind: "absent" };
      return unread([...(errors.get(key) ?? [])]);
    },
    all: (kind) => [...settings.values()].filter((setting) => isOfKind(setting, kind)),
  };
}

/** Of several errors of one call the last counts: a call is repeated until it says what matters. */
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
