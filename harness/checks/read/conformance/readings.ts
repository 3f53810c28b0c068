import type { Fact } from "../../../model/fact.ts";

/** How the reading of each setting ended, by `kind subject`: the setting, that there is none, or which calls failed and how. */
export type Readings = Readonly<Record<string, unknown>>;

/** The settings of a journal, in the order of their names. */
export function readingsOf(facts: readonly Fact[]): Readings {
  const readings = new Map<string, unknown>();
  const failed = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.fact === "setting") readings.set(`${fact.setting.kind} ${fact.subject}`, fact.setting);
    if (fact.fact === "setting-absent") readings.set(`${fact.kind} ${fact.subject}`, "absent");
    if (fact.fact === "setting-unread") {
      const name = `${fact.kind} ${fact.subject}`;
      failed.set(name, [...(failed.get(name) ?? []), `${fact.error.operation}: ${fact.error.code}`]);
    }
  }
  for (const [name, unread] of failed) readings.set(name, { unread });
  return Object.fromEntries([...readings].sort(([a], [b]) => (a < b ? -1 : 1)));
}
