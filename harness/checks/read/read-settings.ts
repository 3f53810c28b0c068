import { setMaxListeners } from "node:events";
import type { Clock, Journal } from "../../model/ports.ts";
import type { Roles } from "../../model/role.ts";
import type { Place } from "../../model/settings/place.ts";
import type { Target } from "../../model/settings/subject.ts";
import type { ServiceCall } from "./asker.ts";
import { createAsker } from "./asker.ts";
import type { Found, ReadClients, ReadTools } from "./reader.ts";
import { READERS, targetsOfRoles } from "./readers.ts";
import { reasonsOf } from "./unread.ts";

export interface ReadSettingsInput {
  /** Of every pipeline. */
  readonly roles: readonly Roles[];
  readonly place: Place;
  readonly clients: ReadClients;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Makes each call; retries until `deadlineMs` and no longer. */
  readonly serviceCall: ServiceCall;
  /** Ends reading at once. */
  readonly signal: AbortSignal;
  /** When reading ends; what has not been read by then becomes unread. */
  readonly deadlineMs: number;
  /** Names of the deployment: what else a function's environment holds may be a secret (`known-values.ts`). */
  readonly knownNames: ReadonlySet<string>;
}

/** Endless links must not keep a run busy; the reference stack has about 60 settings. */
const MOST_SETTINGS = 1_000;

/**
 * Reads the settings behind the pipelines: those of the resources that their roles name, and then along every link to others, each
 * setting once. The journal gets `setting`, `setting-absent`, or one `setting-unread` per failed call. Never throws for a service error.
 */
export async function readSettings(input: ReadSettingsInput): Promise<void> {
  const { clock, signal, deadlineMs } = input;
  const over = new AbortController();
  // Each service's lane listens, and each wait in it.
  setMaxListeners(0, over.signal);
  const end = () => over.abort();
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted || clock.nowMs() >= deadlineMs) end();
  else void clock.wait(deadlineMs - clock.nowMs(), over.signal).then(end);
  try {
    await readAll(input, createTools(input, over.signal));
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

function createTools(
  { serviceCall, clock, clients, place, knownNames }: ReadSettingsInput,
  ended: AbortSignal,
): ReadTools {
  return { ...createAsker({ serviceCall, clock, ended }), clients, place, knownNames };
}

async function readAll(input: ReadSettingsInput, tools: ReadTools): Promise<void> {
  const begun = new Set<string>();
  const visit = async (target: Target): Promise<void> => {
    const key = `${target.kind}\n${target.subject}`;
    if (begun.has(key)) return;
    begun.add(key);
    if (begun.size > MOST_SETTINGS) return tooMany(target, input);
    const found = await readOne(target, input, tools);
    await Promise.all((found?.links ?? []).map(visit));
  };
  await Promise.all(input.roles.flatMap((roles) => targetsOfRoles(roles, input.place)).map(visit));
}

/** Reads one setting and journals the result. */
async function readOne(
  target: Target,
  { journal, clock }: ReadSettingsInput,
  tools: ReadTools,
): Promise<Found | undefined> {
  const { kind, subject } = target;
  try {
    const found = await READERS[kind].find(subject, tools);
    const atMs = clock.nowMs();
    if (found === undefined) journal.append({ fact: "setting-absent", atMs, kind, subject });
    else journal.append({ fact: "setting", atMs, subject, setting: found.setting });
    return found;
  } catch (error) {
    for (const reason of reasonsOf(error, kind))
      journal.append({ fact: "setting-unread", atMs: clock.nowMs(), kind, subject, error: reason });
    return undefined;
  }
}

function tooMany({ kind, subject }: Target, { journal, clock }: ReadSettingsInput): void {
  const message = `more than ${MOST_SETTINGS} settings are linked to the pipelines; this one was left out`;
  const error = { code: "TooManySettings", message, operation: `reader of ${kind}` };
  journal.append({ fact: "setting-unread", atMs: clock.nowMs(), kind, subject, error });
}
