import { setMaxListeners } from "node:events";
import { loadScenarios } from "../../../../cli/load-scenarios.ts";
import { type ClientOptions, createClients } from "../../../../deployment/clients.ts";
import { readDeployment } from "../../../../deployment/deployment.ts";
import { createMemoryJournal } from "../../../../model/testing/memory-journal.ts";
import { placeOf } from "../../../../run/place.ts";
import { createServiceCall } from "../../../../run/service-call.ts";
import { systemClock } from "../../../../run/system-clock.ts";
import { readSettings } from "../../read-settings.ts";
import { type Readings, readingsOf } from "../readings.ts";

const DEADLINE_MS = 60_000;

/** What the readers of a verify run say of an endpoint that holds the stack of this state. */
export async function readAccount(
  stateFile: string,
  endpoint: Pick<ClientOptions, "endpoint" | "credentials">,
): Promise<Readings> {
  const deployment = readDeployment(stateFile, "terraform", undefined);
  const { scenarios } = await loadScenarios(deployment, undefined, null);
  const clients = createClients({ region: deployment.region, ...endpoint });
  const journal = createMemoryJournal();
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const deadlineMs = systemClock.nowMs() + DEADLINE_MS;
  const options = { clock: systemClock, signal, deadlineMs };
  const texts = [...deployment.outputs.values()].filter((value) => typeof value === "string");
  try {
    await readSettings({
      ...options,
      roles: scenarios.map(({ roles }) => roles),
      place: placeOf(deployment),
      clients,
      journal,
      serviceCall: createServiceCall({ ...options, random: Math.random, graceMs: 0 }),
      knownNames: new Set(texts),
    });
  } finally {
    clients.close();
  }
  return readingsOf(journal.facts);
}
