import { setMaxListeners } from "node:events";
import { loadScenarios } from "../../../../cli/load-scenarios.ts";
import { type ClientOptions, createClients } from "../../../../deployment/clients.ts";
import { readDeployment } from "../../../../deployment/deployment.ts";
import type { RunningTwin } from "../../../../deployment/twin-process.ts";
import type { Fact } from "../../../../model/fact.ts";
import type { Journal } from "../../../../model/ports.ts";
import { placeOf } from "../../../../model/settings/place.ts";
import type { Target } from "../../../../model/settings/subject.ts";
import { createMemoryJournal } from "../../../../model/testing/memory-journal.ts";
import { createServiceCall } from "../../../../run/service-call.ts";
import { systemClock } from "../../../../run/system-clock.ts";
import { createAsker } from "../../asker.ts";
import { targetsOfFacts } from "../../permissions.ts";
import { readSettings } from "../../read-settings.ts";
import type { ReadTools } from "../../reader.ts";
import { READERS } from "../../readers.ts";
import { Unread } from "../../unread.ts";

const DEADLINE_MS = 60_000;

/**
 * What the readers of a verify run journal of an endpoint that holds the stack of this state. `besides` are read as well where no
 * link led to them: one answer with a hole in it must not keep whatever lies behind it from being compared.
 */
export async function readAccount(
  stateFile: string,
  endpoint: Pick<ClientOptions, "endpoint" | "credentials">,
  besides: readonly Target[] = [],
): Promise<readonly Fact[]> {
  const deployment = readDeployment(stateFile);
  const { scenarios } = await loadScenarios(deployment, {}, null);
  const clients = createClients({ region: deployment.region, ...endpoint });
  const clock = systemClock;
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const deadlineMs = clock.nowMs() + DEADLINE_MS;
  const serviceCall = createServiceCall({ clock, random: Math.random, signal, deadlineMs, graceMs: 0 });
  const texts = [...deployment.outputs.values()].filter((value) => typeof value === "string");
  const common = { place: placeOf(deployment), clients, knownNames: new Set(texts) };
  const roles = scenarios.map((scenario) => scenario.roles);
  const journal = createMemoryJournal();
  try {
    await readSettings({ ...common, roles, journal, clock, serviceCall, signal, deadlineMs });
    const reached = new Set(targetsOfFacts(journal.facts).map(nameOf));
    const tools = { ...common, ...createAsker({ serviceCall, clock, ended: signal }) };
    for (const target of besides) if (!reached.has(nameOf(target))) await readOne(target, tools, journal);
  } finally {
    clients.close();
  }
  return journal.facts;
}

/** What the readers journal of a twin of this state. */
export function readTwin(stateFile: string, { env }: Pick<RunningTwin, "env">): Promise<readonly Fact[]> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const credentials = { accessKeyId: accessKeyId ?? "", secretAccessKey: secretAccessKey ?? "" };
  return readAccount(stateFile, { endpoint, credentials });
}

async function readOne({ kind, subject }: Target, tools: ReadTools, journal: Journal): Promise<void> {
  const atMs = systemClock.nowMs();
  try {
    const found = await READERS[kind].find(subject, tools);
    if (found === undefined) journal.append({ fact: "setting-absent", atMs, kind, subject });
    else journal.append({ fact: "setting", atMs, subject, setting: found.setting });
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    for (const each of error.errors) journal.append({ fact: "setting-unread", atMs, kind, subject, error: each });
  }
}

function nameOf({ kind, subject }: Target): string {
  return `${kind} ${subject}`;
}
