import type { Place } from "../../../model/settings/place.ts";
import type { SettingKind } from "../../../model/settings/setting.ts";
import { createFakeClock } from "../../../model/testing/fake-clock.ts";
import { createServiceCall } from "../../../run/service-call.ts";
import { createAsker } from "../asker.ts";
import type { Found } from "../reader.ts";
import { READERS } from "../readers.ts";
import { type Answers, fakeClients } from "./fake-clients.ts";

export const PLACE: Place = { partition: "aws", accountId: "123456789012", region: "eu-central-1" };

/** Reads one setting from an account that answers so. */
export function find(
  kind: SettingKind,
  subject: string,
  answers: Answers,
  knownNames: readonly string[] = [],
): Promise<Found | undefined> {
  const clock = createFakeClock();
  const { signal } = new AbortController();
  const deadlineMs = clock.nowMs() + 10_000;
  const serviceCall = createServiceCall({ clock, random: () => 0, signal, deadlineMs, graceMs: 0 });
  return READERS[kind].find(subject, {
    ...createAsker({ serviceCall, clock, ended: signal }),
    clients: fakeClients(answers).clients,
    place: PLACE,
    knownNames: new Set(knownNames),
  });
}
