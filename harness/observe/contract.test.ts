import { describe, expect, it } from "vitest";
import { type HopKind, namesEvents } from "../model/hop.ts";
import { createFakeClock } from "../model/testing/fake-clock.ts";
import type { AwaitedEvents } from "./awaited.ts";
import { prepareObserver } from "./observe.ts";
import { serviceError } from "./testing/clients.ts";
import {
  awaitedEvents,
  type FakeService,
  fakeBucket,
  fakeLogGroup,
  fakeMetric,
  fakeStream,
  fakeTable,
  type Gate,
} from "./testing/fakes.ts";
import { createTools, RUN, START_MS } from "./testing/tools.ts";
import { LAST_LOOK_MS } from "./watch.ts";

const DEADLINE_MS = START_MS + 60_000;
const TAGS = Array.from({ length: 7 }, (_, sequence) => `sp-run-alb-${sequence}`);

/** Every kind that has something to watch; the entry's own answer is the sender's. */
const SERVICES: Readonly<Record<Exclude<HopKind, "entry">, typeof fakeStream>> = {
  stream: fakeStream,
  log: fakeLogGroup,
  item: fakeTable,
  object: fakeBucket,
  metric: fakeMetric,
};
const services = Object.entries(SERVICES).map(([kind, create]) => ({
  kind,
  create,
  isNaming: namesEvents(create(createFakeClock(), async () => {}).hop),
}));

interface Plan {
  readonly awaited?: AwaitedEvents;
  readonly gate?: Gate;
  readonly graceMs?: number;
  readonly settleMs?: number;
  /** What is planted after the observer got ready, as events are: sent after the baseline was read. */
  readonly plant?: (service: FakeService) => void;
  /** Called when the observer has begun to watch. */
  readonly meanwhile?: (control: AbortController) => void;
}

/** Runs one observer to its end against a service in memory. */
async function observe(create: (typeof services)[number]["create"], plan: Plan = {}) {
  const control = new AbortController();
  const { clock, journal, tools } = createTools(() => ({}), { signal: control.signal, graceMs: plan.graceMs ?? 0 });
  let gate: Gate = async () => {};
  const service = create(clock, (command) => gate(command));
  const task = {
    ...RUN,
    hop: service.hop,
    awaited: plan.awaited ?? awaitedEvents(TAGS),
    startMs: START_MS,
    deadlineMs: DEADLINE_MS,
    settleMs: plan.settleMs ?? 0,
  };
  const run = await prepareObserver(task, { ...tools, clients: service.clients });
  plan.plant?.(service);
  gate = plan.gate ?? gate;
  const running = run(task.deadlineMs);
  plan.meanwhile?.(control);
  await running;
  const sightings = journal.of("sighted");
  const sum = journal
    .of("measured")
    .at(-1)
    ?.datapoints.reduce((total, point) => total + point.sum, 0);
  return {
    journal,
    /** Events seen: the names' number, or what the metric counts. */
    seen: namesEvents(service.hop) ? new Set(sightings.map(({ tag }) => tag)).size : (sum ?? 0),
    sightings,
    ending: journal.of("wait-ended").map(({ ending }) => ending),
    lastMs: clock.nowMs(),
  };
}

function plantAll(service: FakeService, visibleAtMs = START_MS, tags = TAGS): void {
  for (const tag of tags) service.plant(tag, visibleAtMs);
}

describe.each(services)("an observer of a $kind hop", ({ create, isNaming }) => {
  it("sees every event that is there, across all pages, and ends satisfied", async () => {
    const result = await observe(create, { plant: plantAll });
    expect(result.seen).toBe(TAGS.length);
    expect(result.ending).toEqual([{ kind: "satisfied" }]);
    expect(result.lastMs).toBeLessThan(DEADLINE_MS);
  });

  it("sees no event that is not there, and says how far it looked", async () => {
    const result = await observe(create);
    expect(result.seen).toBe(0);
    expect(result.sightings).toEqual([]);
    expect(result.ending).toEqual([{ kind: "deadline", lastError: null }]);
    const coveredMs = Math.max(...result.journal.of("covered").map(({ untilMs }) => untilMs));
    // What names no event never shows that one is absent.
    if (isNaming) expect(coveredMs).toBeGreaterThanOrEqual(DEADLINE_MS);
    else expect(result.journal.of("covered")).toEqual([]);
  });

  it("reports the one event that is missing by not reporting it, and all others", async () => {
    const [missing, ...others] = TAGS;
    const result = await observe(create, { plant: (service) => plantAll(service, START_MS, others) });
    expect(result.seen).toBe(others.length);
    expect(result.sightings.map(({ tag }) => tag)).not.toContain(missing);
    expect(result.ending).toEqual([{ kind: "deadline", lastError: null }]);
  });

  it("sees events that come late, up to the deadline", async () => {
    const result = await observe(create, { plant: (service) => plantAll(service, DEADLINE_MS) });
    expect(result.seen).toBe(TAGS.length);
    expect(result.ending).toEqual([{ kind: "satisfied" }]);
  });

  it("goes on while sending is under way, though everything sent so far was seen", async () => {
    let looks = 0;
    const isSettled = () => ++looks > 5;
    const result = await observe(create, { awaited: awaitedEvents(TAGS, { isSettled }), plant: plantAll });
    expect(looks).toBe(6);
    expect(result.ending).toEqual([{ kind: "satisfied" }]);
  });

  it("does not wait for an event that the entry rejected", async () => {
    const [rejected, ...others] = TAGS;
    const awaited = awaitedEvents(TAGS, { rejected: rejected === undefined ? [] : [rejected] });
    const result = await observe(create, {
      awaited,
      plant: (service) => plantAll(service, START_MS, others),
    });
    expect(result.ending).toEqual([{ kind: "satisfied" }]);
  });

  it.each([
    ["throttling", serviceError("ThrottlingException", 400)],
    ["an internal error", serviceError("InternalFailure", 500)],
    ["a reset connection", Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })],
    ["rubbish", new SyntaxError("Unexpected token '<'")],
  ])("gets over %s", async (_, error) => {
    let failures = 3;
    const gate = async () => {
      if (failures-- > 0) throw error;
    };
    const result = await observe(create, { gate, plant: plantAll });
    expect(result.seen).toBe(TAGS.length);
    expect(result.ending).toEqual([{ kind: "satisfied" }]);
  });

  it("ends at the deadline with the last error where a service never answers properly", async () => {
    const gate = async () => Promise.reject(serviceError("ServiceUnavailable", 503));
    const result = await observe(create, { gate, plant: plantAll });
    expect(result.ending).toMatchObject([{ kind: "deadline", lastError: { code: "ServiceUnavailable" } }]);
    expect(result.journal.of("covered")).toEqual([]);
  });

  it("ends at the deadline where a service takes requests and never answers", async () => {
    const result = await observe(create, { gate: () => new Promise(() => {}), plant: plantAll });
    expect(result.ending).toMatchObject([{ kind: "deadline", lastError: { code: "TimeoutError" } }]);
    expect(result.lastMs).toBeLessThanOrEqual(DEADLINE_MS + LAST_LOOK_MS);
  });

  it("keeps what it saw before the service began to fail", async () => {
    const [first, ...late] = TAGS;
    const result = await observe(create, {
      gate: gateAfter(8),
      plant: (service) => {
        service.plant(first ?? "", START_MS);
        plantAll(service, DEADLINE_MS, late);
      },
    });
    expect(result.seen).toBe(1);
    expect(result.ending).toMatchObject([{ kind: "deadline", lastError: { code: "InternalFailure" } }]);
  });

  it("ends at once where it has no permission, and names the permission", async () => {
    const gate = async () => Promise.reject(serviceError("AccessDeniedException", 400));
    const result = await observe(create, { gate, plant: plantAll });
    const { operation } = create(createFakeClock(), gate);
    expect(result.ending).toMatchObject([{ kind: "refused", error: { code: "AccessDeniedException", operation } }]);
    expect(result.lastMs).toBe(START_MS);
    expect(result.journal.of("covered")).toEqual([]);
  });

  it("bears a denied read within the grace window, and no longer", async () => {
    let denials = 2;
    const fresh: Gate = async () => {
      if (denials-- > 0) throw serviceError("AccessDenied", 403);
    };
    const granted = await observe(create, { gate: fresh, graceMs: 20_000, plant: plantAll });
    expect(granted.ending).toEqual([{ kind: "satisfied" }]);

    const never = async () => Promise.reject(serviceError("AccessDenied", 403));
    const denied = await observe(create, { gate: never, graceMs: 20_000, plant: plantAll });
    expect(denied.ending).toMatchObject([{ kind: "refused", error: { code: "AccessDenied" } }]);
    expect(denied.lastMs).toBeGreaterThanOrEqual(START_MS + 20_000);
    expect(denied.lastMs).toBeLessThan(DEADLINE_MS);
  });

  it("ends at once where there is no such resource, grace or not", async () => {
    const gate = async () => Promise.reject(serviceError("ResourceNotFoundException", 400));
    const result = await observe(create, { gate, graceMs: 20_000 });
    expect(result.ending).toMatchObject([{ kind: "refused", error: { code: "ResourceNotFoundException" } }]);
    expect(result.lastMs).toBe(START_MS);
  });

  it("ends at once when it is interrupted, though a read is under way", async () => {
    const result = await observe(create, {
      gate: () => new Promise(() => {}),
      meanwhile: (control) => setImmediate(() => control.abort()),
    });
    expect(result.ending).toEqual([{ kind: "interrupted" }]);
    expect(result.lastMs).toBe(START_MS);
  });

  it("does not look at all where the run was stopped before", async () => {
    const result = await observe(create, { plant: plantAll, meanwhile: (control) => control.abort() });
    expect(result.ending).toEqual([{ kind: "interrupted" }]);
  });

  it("journals each occurrence once, however often it looks", async () => {
    let looks = 0;
    const awaited = awaitedEvents(TAGS, { isSettled: () => ++looks > 5 });
    const result = await observe(create, { awaited, plant: plantAll });
    const occurrences = result.sightings.map(({ tag, occurrence }) => `${tag} ${occurrence}`);
    expect(occurrences.length).toBe(isNaming ? TAGS.length : 0);
    expect(new Set(occurrences).size).toBe(occurrences.length);
  });
});

describe.each(services.filter(({ isNaming }) => isNaming))(
  "an observer of a $kind hop, which names events,",
  ({ create }) => {
    it("finds a duplicate that comes soon after the last event", async () => {
      const [twice] = TAGS;
      const result = await observe(create, {
        settleMs: 5_000,
        plant: (service) => {
          plantAll(service);
          service.plant(twice ?? "", START_MS + 4_000);
        },
      });
      const occurrences = result.sightings.filter(({ tag }) => tag === twice).map(({ occurrence }) => occurrence);
      expect(new Set(occurrences).size).toBe(2);
      expect(result.ending).toEqual([{ kind: "satisfied" }]);
    });
  },
);

/** Lets so many calls pass and fails all others. */
function gateAfter(calls: number): Gate {
  let left = calls;
  return async () => {
    if (left-- <= 0) throw serviceError("InternalFailure", 500);
  };
}
