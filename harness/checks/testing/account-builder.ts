import type { ReadError } from "../../model/read-error.ts";
import type { Account, Looked } from "../../model/settings/account.ts";
import {
  type AnySetting,
  type AnySettingKind,
  isOfKind,
  isStateKind,
  type SettingOf,
} from "../../model/settings/setting.ts";
import { STATE_SUBJECT } from "../../model/settings/state-setting.ts";
import { subjectIn, subjectOf } from "../../model/settings/subject.ts";
import { PLACE } from "./healthy-names.ts";

type Entry =
  | { readonly kind: "read"; readonly setting: AnySetting }
  | { readonly kind: "absent" }
  | { readonly kind: "unread"; readonly error: ReadError };

/** An account for tests. Every method gives a new builder, so that a healthy one can be shared and broken in many ways. */
export class AccountBuilder {
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(entries: ReadonlyMap<string, Entry>) {
    this.#entries = entries;
  }

  static of(settings: readonly AnySetting[]): AccountBuilder {
    return settings.reduce((builder, setting) => builder.with(setting), new AccountBuilder(new Map()));
  }

  /** Adds a setting, or puts it in the place of the one of the same subject. */
  with(setting: AnySetting): AccountBuilder {
    return this.#put(setting.kind, subjectIn(setting), { kind: "read", setting });
  }

  /** Changes a setting that is there; `subject` may be any name that `subjectOf` knows. */
  change<Kind extends AnySettingKind>(
    kind: Kind,
    subject: string,
    change: (setting: SettingOf<Kind>) => Partial<Omit<SettingOf<Kind>, "kind">>,
  ): AccountBuilder {
    const looked = this.look(kind, nameOf(kind, subject));
    if (looked.kind !== "read") throw new Error(`the account has no ${kind} ${subject} to change`);
    const setting: SettingOf<Kind> = { ...looked.setting, ...change(looked.setting) };
    return this.#put(kind, nameOf(kind, subject), { kind: "read", setting });
  }

  absent(kind: AnySettingKind, subject: string): AccountBuilder {
    return this.#put(kind, nameOf(kind, subject), { kind: "absent" });
  }

  /** As when the caller lacks the permission `operation`. */
  unread(kind: AnySettingKind, subject: string, operation: string): AccountBuilder {
    return this.#put(kind, nameOf(kind, subject), { kind: "unread", error: denied(operation) });
  }

  notAsked(kind: AnySettingKind, subject: string): AccountBuilder {
    const entries = new Map(this.#entries);
    entries.delete(keyOf(kind, nameOf(kind, subject)));
    return new AccountBuilder(entries);
  }

  look<Kind extends AnySettingKind>(kind: Kind, subject: string): Looked<Kind> {
    const entry = this.#entries.get(keyOf(kind, subject));
    if (entry === undefined) return { kind: "not-asked" };
    if (entry.kind !== "read") return entry;
    if (!isOfKind(entry.setting, kind)) throw new Error(`${subject} is no ${kind}`);
    return { kind: "read", setting: entry.setting };
  }

  build(): Account {
    const settings = [...this.#entries.values()].flatMap((entry) => (entry.kind === "read" ? [entry.setting] : []));
    return {
      look: (kind, subject) => this.look(kind, subject),
      all: (kind) => settings.filter((setting) => isOfKind(setting, kind)),
    };
  }

  #put(kind: AnySettingKind, subject: string, entry: Entry): AccountBuilder {
    return new AccountBuilder(new Map(this.#entries).set(keyOf(kind, subject), entry));
  }
}

/** The error of a read that the caller may not do. */
export function denied(operation: string): ReadError {
  return { code: "AccessDeniedException", message: `not authorized to perform ${operation}`, operation };
}

/** As `subjectOf`; what Terraform says has one subject whatever it is called. */
function nameOf(kind: AnySettingKind, subject: string): string {
  return isStateKind(kind) ? STATE_SUBJECT : subjectOf(kind, subject, PLACE);
}

function keyOf(kind: AnySettingKind, subject: string): string {
  return `${kind}\n${subject}`;
}
