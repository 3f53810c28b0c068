import type { Fact } from "../../model/fact.ts";
import type { ReadError } from "../../model/read-error.ts";
import { type Account, accountOf } from "../../model/settings/account.ts";
import type { AnySetting, AnySettingKind, SettingOf } from "../../model/settings/setting.ts";
import { subjectIn, subjectOf } from "../../model/settings/subject.ts";
import { PLACE } from "./healthy-names.ts";

/** An account for tests. Every method gives a new builder, so that a healthy one can be shared and broken in many ways. */
export class AccountBuilder {
  /** One for each setting, by kind and subject. */
  readonly #facts: ReadonlyMap<string, Fact>;

  private constructor(facts: ReadonlyMap<string, Fact>) {
    this.#facts = facts;
  }

  static of(settings: readonly AnySetting[]): AccountBuilder {
    return settings.reduce((builder, setting) => builder.with(setting), new AccountBuilder(new Map()));
  }

  /** Adds a setting, or puts it in the place of the one of the same subject. */
  with(setting: AnySetting): AccountBuilder {
    const subject = subjectIn(setting);
    return this.#put(setting.kind, subject, { fact: "setting", atMs: 0, subject, setting });
  }

  /** Changes a setting that is there; `reference` may be any name that `subjectOf` knows. */
  change<Kind extends AnySettingKind>(
    kind: Kind,
    reference: string,
    change: (setting: SettingOf<Kind>) => Partial<Omit<SettingOf<Kind>, "kind">>,
  ): AccountBuilder {
    const found = this.build().find(kind, reference);
    if (found === undefined) throw new Error(`the account has no ${kind} ${reference} to change`);
    const setting: SettingOf<Kind> = { ...found, ...change(found) };
    const subject = subjectOf(kind, reference, PLACE);
    return this.#put(kind, subject, { fact: "setting", atMs: 0, subject, setting });
  }

  absent(kind: AnySettingKind, reference: string): AccountBuilder {
    const subject = subjectOf(kind, reference, PLACE);
    return this.#put(kind, subject, { fact: "setting-absent", atMs: 0, kind, subject });
  }

  /** As when the caller lacks the permission `operation`. */
  unread(kind: AnySettingKind, reference: string, operation: string): AccountBuilder {
    const subject = subjectOf(kind, reference, PLACE);
    return this.#put(kind, subject, { fact: "setting-unread", atMs: 0, kind, subject, error: denied(operation) });
  }

  notAsked(kind: AnySettingKind, reference: string): AccountBuilder {
    const facts = new Map(this.#facts);
    facts.delete(keyOf(kind, subjectOf(kind, reference, PLACE)));
    return new AccountBuilder(facts);
  }

  build(): Account {
    return accountOf([...this.#facts.values()], PLACE);
  }

  #put(kind: AnySettingKind, subject: string, fact: Fact): AccountBuilder {
    return new AccountBuilder(new Map(this.#facts).set(keyOf(kind, subject), fact));
  }
}

/** The error of a read that the caller may not do. */
export function denied(operation: string): ReadError {
  return { code: "AccessDeniedException", message: `not authorized to perform ${operation}`, operation };
}

function keyOf(kind: AnySettingKind, subject: string): string {
  return `${kind}\n${subject}`;
}
