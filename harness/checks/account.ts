import type { Fact, ReadError } from "../model/fact.ts";
import type { AnySetting, AnySettingKind } from "../model/state-setting.ts";

/** What was read of one setting. `not-asked`: no reader had a reason to read it, or the run ended before. */
export type Looked<Kind extends AnySettingKind> =
  | { readonly kind: "read"; readonly setting: Extract<AnySetting, { kind: Kind }> }
  | { readonly kind: "absent" }
  | { readonly kind: "unread"; readonly error: ReadError }
  | { readonly kind: "not-asked" };

/** The account as the journal knows it. */
export interface Account {
  /** `subject` is the name or ARN by which the setting was asked for. */
  look<Kind extends AnySettingKind>(kind: Kind, subject: string): Looked<Kind>;
  /** Every setting of a kind that was read, in the order of reading. */
  all<Kind extends AnySettingKind>(kind: Kind): readonly Extract<AnySetting, { kind: Kind }>[];
}

/** Puts the setting facts of a journal together; the last one of a subject counts. */
export function accountOf(facts: readonly Fact[]): Account {
  const settings = new Map<string, AnySetting>();
  const others = new Map<string, Looked<never>>();
  for (const fact of facts) {
    if (fact.fact === "setting") settings.set(keyOf(fact.setting.kind, fact.subject), fact.setting);
    if (fact.fact === "setting-absent") others.set(keyOf(fact.kind, fact.subject), { kind: "absent" });
    if (fact.fact === "setting-unread")
      others.set(keyOf(fact.kind, fact.subject), { kind: "unread", error: fact.error });
  }
  return {
    look(kind, subject) {
      const setting = settings.get(keyOf(kind, subject));
      if (setting !== undefined && isOfKind(setting, kind)) return { kind: "read", setting };
      return others.get(keyOf(kind, subject)) ?? { kind: "not-asked" };
    },
    all: (kind) => [...settings.values()].filter((setting) => isOfKind(setting, kind)),
  };
}

function keyOf(kind: AnySettingKind, subject: string): string {
  return `${kind}\n${subject}`;
}

function isOfKind<Kind extends AnySettingKind>(
  setting: AnySetting,
  kind: Kind,
): setting is Extract<AnySetting, { kind: Kind }> {
  return setting.kind === kind;
}
