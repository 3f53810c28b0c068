import { describe, expect, it } from "vitest";
import type { Outcome } from "../model/outcome.ts";
import { createFakeClock } from "../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../model/testing/memory-journal.ts";
import { send } from "./send.ts";
import type { Sender } from "./sender.ts";

const ACKED: Outcome = { kind: "acked", status: 202, answer: "" };
const PENDING = new Promise<Outcome>(() => {});

function sender(answer: (sequence: number) => Promise<Outcome>): Sender {
  let sequence = 0;
  return { sizeBytes: (tag) => tag.length, send: () => answer(sequence++), close: async () => {} };
}

function setup(count: number, tagsEach = 1) {
  const clock = createFakeClock();
  const startMs = clock.nowMs() + 1_000;
  const requests = Array.from({ length: count }, (_, index) => ({
    atMs: startMs + index * 250,
    tags: Array.from({ length: tagsEach }, (_tag, at) => `sp-run-in-${index * tagsEach + at}`),
  }));
  const journal = createMemoryJournal();
  const control = new AbortController();
  return { clock, startMs, journal, control, requests, tools: { clock, journal, signal: control.signal } };
}

describe("sending a plan", () => {
  it("sends each request at its own time though none is answered", async () => {
    const { requests, journal, tools } = setup(8);
    await send(
      { scenario: "s", requests, requestMs: 60_000 },
      sender(() => PENDING),
      tools,
    );
    expect(journal.of("sent").map(({ sentAtMs }) => sentAtMs)).toEqual(requests.map(({ atMs }) => atMs));
    expect(journal.of("answered").map(({ outcome }) => outcome)).toEqual(
      requests.map(() => ({ kind: "unknown", reason: "timeout", status: null, answer: "no answer within 60000 ms" })),
    );
  });

  it("journals every event as intended, at its intended time and with its size, before the first is sent", async () => {
    const { requests, journal, tools } = setup(3, 2);
    await send(
      { scenario: "s", requests, requestMs: 1_000 },
      sender(async () => ACKED),
      tools,
    );
    expect(journal.facts.slice(0, 6).map(({ fact }) => fact)).toEqual(Array(6).fill("intended"));
    expect(
      journal.of("intended").map(({ tag, intendedAtMs, sizeBytes }) => ({ tag, intendedAtMs, sizeBytes })),
    ).toEqual(
      requests.flatMap(({ atMs, tags }) => tags.map((tag) => ({ tag, intendedAtMs: atMs, sizeBytes: tag.length }))),
    );
  });

  it("gives every event of a request its request's outcome, once each", async () => {
    const { requests, journal, tools } = setup(2, 3);
    const outcomes: Outcome[] = [ACKED, { kind: "rejected", status: 400, answer: "no" }];
    await send(
      { scenario: "s", requests, requestMs: 1_000 },
      sender(async (n) => outcomes[n] ?? ACKED),
      tools,
    );
    expect(journal.of("answered").map(({ tag, outcome }) => [tag, outcome.kind])).toEqual([
      ["sp-run-in-0", "acked"],
      ["sp-run-in-1", "acked"],
      ["sp-run-in-2", "acked"],
      ["sp-run-in-3", "rejected"],
      ["sp-run-in-4", "rejected"],
      ["sp-run-in-5", "rejected"],
    ]);
  });

  it("shows by its sent time when the plan was already late", async () => {
    const { clock, journal, tools } = setup(0);
    const requests = [{ atMs: clock.nowMs() - 700, tags: ["sp-run-in-0"] }];
    await send(
      { scenario: "s", requests, requestMs: 1_000 },
      sender(async () => ACKED),
      tools,
    );
    expect(journal.of("intended")[0]?.intendedAtMs).toBe(clock.nowMs() - 700);
    expect(journal.of("sent")[0]?.sentAtMs).toBe(clock.nowMs());
  });

  it("stops at once when the run is stopped: what was under way ends as interrupted, the rest stays unsent", async () => {
    const { requests, startMs, clock, journal, control, tools } = setup(8);
    const stopping = sender((sequence) => {
      if (sequence === 2) control.abort();
      return PENDING;
    });
    await send({ scenario: "s", requests, requestMs: 60_000 }, stopping, tools);
    expect(journal.of("intended")).toHaveLength(8);
    expect(journal.of("sent")).toHaveLength(3);
    expect(journal.of("answered").map(({ outcome }) => outcome)).toMatchObject(
      Array(3).fill({ kind: "unknown", reason: "interrupted" }),
    );
    expect(clock.nowMs()).toBe(startMs + 500);
  });

  it("calls a request interrupted that broke because it was told to let go", async () => {
    const { requests, journal, control, tools } = setup(1);
    const obedient: Sender = {
      ...sender(async () => ACKED),
      send: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          setImmediate(() => control.abort());
        }),
    };
    await send({ scenario: "s", requests, requestMs: 60_000 }, obedient, tools);
    expect(journal.of("answered")[0]?.outcome).toMatchObject({ kind: "unknown", reason: "interrupted" });
  });

  it("takes a sender that throws for a request of which nothing is known", async () => {
    const { requests, journal, tools } = setup(1);
    const broken = sender(() => Promise.reject(new Error("no body")));
    await send({ scenario: "s", requests, requestMs: 1_000 }, broken, tools);
    expect(journal.of("answered")[0]?.outcome).toEqual({
      kind: "unknown",
      reason: "connection",
      status: null,
      answer: "no body",
    });
  });
});
