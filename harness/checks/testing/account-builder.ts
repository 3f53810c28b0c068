import type { SettingAbsent, SettingRead, SettingUnread } from "../../model/fact.ts";
import type { ReadError } from "../../model/read-error.ts";
import { type Account, accountOf } from "../../model/settings/account.ts";
import type { AnySetting, AnySettingKind, SettingOf } from "../../model/settings/setting.ts";
import { subjectIn, subjectOf } from "../../model/settings/subject.ts";
import { PLACE } from "../../testing/names.ts";

type SettingFact = SettingRead | SettingAbsent | SettingUnread;

/** An account for tests. Every method gives a new builder, so that a healthy one can be shared and broken in many ways. */
export class AccountBuilder {
  readonly #facts: ReadonlyMap<string, SettingFact>;

  private constructor(facts: ReadonlyMap<string, SettingFact>) {
    this.#facts = facts;
  }

  static of(facts: readonly SettingFact[]): AccountBuilder {
    return new AccountBuilder(new Map(facts.map((fact) => [keyOf(kindOf(fact), fact.subject), fact])));
  }

  /** Adds a setting, or puts it in the place of the one of the same subject. */
  with(setting: AnySetting): AccountBuilder {
    return this.#put({ fact: "setting", atMs: 0, subject: subjectIn(setting), setting });
  }

  /** Changes a setting that is there; `subject` may be any name that `subjectOf` knows. */
  change<Kind extends AnySettingKind>(
    kind: Kind,
    subject: string,
    change: (setting: SettingOf<Kind>) => Partial<Omit<SettingOf<Kind>, "kind">>,
  ): AccountBuilder {
    const setting = this.get(kind, subject);
    const changed: SettingOf<Kind> = { ...setting, ...change(setting) };
    return this.#put({ fact: "setting", atMs: 0, subject: subjectOf(kind, subject, PLACE), setting: changed });
  }

  absent(kind: AnySettingKind, subject: string): AccountBuilder {
    return this.#put({ fact: "setting-absent", atMs: 0, kind, subject: subjectOf(kind, subject, PLACE) });
  }

  /** As when the caller lacks the permission `operation`. */
  unread(kind: AnySettingKind, subject: string, operation: string): AccountBuilder {
    const error = denied(operation);
    return this.#put({ fact: "setting-unread", atMs: 0, kind, subject: subjectOf(kind, subject, PLACE), error });
  }

  notAsked(kind: AnySettingKind, subject: string): AccountBuilder {
    const facts = new Map(this.#facts);
    facts.delete(keyOf(kind, subjectOf(kind, subject, PLACE)));
    return new AccountBuilder(facts);
  }

  /** A setting that is there. */
  get<Kind extends AnySettingKind>(kind: Kind, subject: string): SettingOf<Kind> {
    const setting = this.build().find(kind, subject);
    if (setting === undefined) throw new Error(`the account has no ${kind} ${subject}`);
    return setting;
  }

  build(): Account {
    return accountOf([...this.#facts.values()], PLACE);
  }

  #put(fact: SettingFact): AccountBuilder {
    return new AccountBuilder(new Map(this.#facts).set(keyOf(kindOf(fact), fact.subject), fact));
  }
}

/** The error of a read that the caller may not do. */
export function denied(operation: string): ReadError {
  return { code: "AccessDeniedException", message: `not authorized to perform ${operation}`, operation };
}

function kindOf(fact: SettingFact): AnySettingKind {
  return fact.fact === "setting" ? fact.setting.kind : fact.kind;
}

function keyOf(kind: AnySettingKind, subject: string): string {
  return `${kind}\n${subject}`;
}
