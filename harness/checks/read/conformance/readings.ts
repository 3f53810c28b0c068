import type { Fact } from "../../../model/fact.ts";

/** What was read of each setting, by `kind subject`: the setting, that there is none, or why it was not read. */
export type Readings = Readonly<Record<string, unknown>>;

/** The settings of a journal. Where a setting has several reasons for being unread, they stand in the order of their operations. */
export function readingsOf(facts: readonly Fact[]): Readings {
  const readings = new Map<string, unknown>();
  const reasons = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.fact === "setting") readings.set(`${fact.setting.kind} ${fact.subject}`, fact.setting);
    if (fact.fact === "setting-absent") readings.set(`${fact.kind} ${fact.subject}`, "absent");
    if (fact.fact === "setting-unread") {
      const name = `${fact.kind} ${fact.subject}`;
      reasons.set(name, [...(reasons.get(name) ?? []), `${fact.error.operation}: ${fact.error.code}`].sort());
    }
  }
  for (const [name, unread] of reasons) readings.set(name, { unread });
  return Object.fromEntries([...readings].sort(([a], [b]) => (a < b ? -1 : 1)));
}
