import { describe, expect, it } from "vitest";
import type { ItemHop } from "../../model/hop.ts";
import type { Item } from "../item-reader.ts";
import { serviceError } from "../testing/clients.ts";
import { type TableRead, tableClient } from "../testing/table-client.ts";
import { createTools, RUN, START_MS } from "../testing/tools.ts";
import { SettledQueue } from "./awaited-load.ts";
import { type LoadItemsTask, observeLoadItems } from "./load-items.ts";
import { PLAN, sumOf, unionOf } from "./testing/run-load.ts";

const HOP: ItemHop = { kind: "item", name: "item", table: "items", key: { id: "{tag}" }, writtenAtAttribute: "at" };
const COUNTING: ItemHop = { ...HOP, deliveriesAttribute: "deliveries" };
const DEADLINE_MS = START_MS + 60_000;
const ACCESS_DENIED = serviceError("AccessDeniedException", 400);
const THROTTLED = serviceError("ProvisionedThroughputExceededException", 400);

/** An item that was written 5 ms after its event was due. */
const written = (id: string): Item => ({
  id: { S: id },
  at: { N: String(PLAN.intendedMs(Number(id.split("-").at(-1))) + 5) },
});
const range = (from: number, until: number) => Array.from({ length: until - from }, (_, n) => from + n);

interface Plan {
  readonly itemOf?: (id: string, read: TableRead) => Item | undefined;
  readonly answer?: Parameters<typeof tableClient>[2];
  readonly task?: Partial<LoadItemsTask>;
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
}

/** Watches a load of `count` events that were all settled, and its sending ended, at the start. */
async function observe(count: number, { itemOf = written, answer, task, ...tools }: Plan = {}) {
  const awaited = new SettledQueue();
  awaited.settle(0, count, START_MS);
  awaited.end();
  const reads: TableRead[] = [];
  const made = createTools((clock) => {
    const table = tableClient(clock.nowMs, itemOf, (read, index) => {
      reads.push(read);
      return answer?.(read, index) ?? {};
    });
    return table.clients;
  }, tools);
  await observeLoadItems(
    { ...RUN, hop: HOP, awaited, plan: PLAN, startMs: START_MS, deadlineMs: () => DEADLINE_MS, ...task },
    made.tools,
  );
  const arrived = made.journal.of("load-arrived");
  const absent = made.journal.of("load-absent");
  return {
    reads,
    arrived,
    absentFacts: absent,
    seen: unionOf(arrived.map(({ seen }) => seen)),
    repeated: unionOf(arrived.map(({ repeated }) => repeated)),
    extra: arrived.reduce((sum, { extra }) => sum + extra, 0),
    absent: unionOf(absent.map(({ absent }) => absent)),
    latency: sumOf(arrived.map(({ latency }) => latency)),
    endings: made.journal.of("wait-ended").map(({ ending }) => ending),
    endedMs: made.clock.nowMs(),
  };
}

describe("the items of a load", () => {
  it("are found, a hundred keys a call, each once, and the wait ends when the last was", async () => {
    const result = await observe(1_050);
    expect(result.seen).toEqual(range(0, 1_050));
    expect(result.reads.map(({ keys }) => keys.length)).toEqual([...Array(10).fill(100), 50]);
    expect(result.reads.every(({ consistent }) => !consistent)).toBe(true);
    expect(result.absent).toEqual([]);
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
    expect(result.endedMs).toBeLessThan(START_MS + 3_000);
  });

  it("are first looked for some time after they were settled", async () => {
    const { reads } = await observe(10, { task: { firstLookMs: 2_500 } });
    expect(reads.map(({ atMs }) => atMs)).toEqual([expect.toSatisfy((atMs) => atMs >= START_MS + 2_500)]);
  });

  it("have their latency counted from the intended time to the item's own", async () => {
    const { latency } = await observe(1_000);
    expect(latency?.totalCount).toBe(1_000);
    expect(latency?.minNonZeroValue).toBe(5_000);
    expect(Math.round((latency?.maxValue ?? 0) / 10)).toBe(500);
  });

  it("tell no latency where they do not say when they were written", async () => {
    const { arrived, seen } = await observe(10, { itemOf: (id) => ({ id: { S: id } }) });
    expect(seen).toEqual(range(0, 10));
    expect(arrived.map(({ latency }) => latency)).toEqual([""]);
  });

  it("are journalled apart for each phase", async () => {
    const { arrived } = await observe(1_500);
    const phases = arrived.map(({ seen }) => new Set(unionOf([seen]).map(PLAN.phaseOf)));
    expect(phases.every(({ size }) => size === 1)).toBe(true);
    expect(new Set(phases.flatMap((phase) => [...phase]))).toEqual(new Set([0, 1]));
  });

  it("are looked for again and again where they come late, ever more rarely while many are awaited", async () => {
    const result = await observe(3_000, {
      itemOf: (id, { atMs }) => (atMs < START_MS + 20_000 ? undefined : written(id)),
    });
    expect(result.seen).toEqual(range(0, 3_000));
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
    const looks = result.reads.reduce((sum, { keys }) => sum + keys.length, 0);
    expect(looks).toBeLessThan(3_000 * 7);
  });

  it("are called absent only by a strongly consistent read after the deadline", async () => {
    const lost = new Set(["sp-run-alb-3", "sp-run-alb-7"]);
    const result = await observe(10, { itemOf: (id) => (lost.has(id) ? undefined : written(id)) });
    expect(result.seen).toEqual([0, 1, 2, 4, 5, 6, 8, 9]);
    expect(result.absent).toEqual([3, 7]);
    expect(result.absentFacts).toMatchObject([{ consistent: true, readAtMs: DEADLINE_MS }]);
    const last = result.reads.filter(({ consistent }) => consistent);
    expect(last.map(({ keys }) => new Set(keys))).toEqual([lost]);
    expect(result.endings).toEqual([{ kind: "deadline", lastError: null }]);
  });

  it("that only the strongly consistent read finds did arrive", async () => {
    const result = await observe(10, { itemOf: (id, { consistent }) => (consistent ? written(id) : undefined) });
    expect(result.seen).toEqual(range(0, 10));
    expect(result.absent).toEqual([]);
  });

  it("that could not be looked for are neither seen nor absent", async () => {
    const result = await observe(100, {
      itemOf: () => undefined,
      answer: ({ consistent }) => (consistent ? { throws: serviceError("InternalServerError", 500) } : {}),
    });
    expect(result.seen).toEqual([]);
    expect(result.absent).toEqual([]);
    expect(result.endings).toMatchObject([{ kind: "deadline", lastError: { code: "InternalServerError" } }]);
  });

  it("that a throttled last look gets to at last are accounted for all the same", async () => {
    let refusals = 0;
    const result = await observe(100, {
      itemOf: () => undefined,
      answer: ({ consistent }) => (consistent && refusals++ < 3 ? { throws: THROTTLED } : {}),
    });
    expect(result.absent).toEqual(range(0, 100));
  });

  it("that were written more than once by the stack's own count are repeated, late deliveries too", async () => {
    const result = await observe(10, {
      task: { hop: COUNTING, settleMs: 5_000 },
      itemOf: (id, { atMs }) => {
        const deliveries = id.endsWith("-4") ? 3 : id.endsWith("-6") && atMs > START_MS + 4_000 ? 2 : 1;
        return { ...written(id), deliveries: { N: String(deliveries) } };
      },
    });
    expect(result.repeated).toEqual([4, 6]);
    expect(result.extra).toBe(3);
    expect(result.latency?.totalCount).toBe(10);
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
  });

  it("have the rest of their deliveries counted though some never came", async () => {
    const result = await observe(10, {
      task: { hop: COUNTING, settleMs: 5_000 },
      itemOf: (id, { atMs }) => {
        if (id.endsWith("-1")) return undefined;
        return { ...written(id), deliveries: { N: atMs > START_MS + 4_000 ? "2" : "1" } };
      },
    });
    expect(result.absent).toEqual([1]);
    expect(result.extra).toBe(9);
  });
});

describe("a table that is read under load", () => {
  const unitsPerSecond = (reads: readonly TableRead[]) => {
    const units = reads.reduce((sum, { keys, consistent }) => sum + keys.length * (consistent ? 1 : 0.5), 0);
    return units / (((reads.at(-1)?.atMs ?? 0) - (reads[0]?.atMs ?? 0)) / 1000);
  };

  it("is read no faster than its budget, and what that is too little for is left over", async () => {
    const result = await observe(10_000, { task: { readBudgetUnitsPerSecond: 20 } });
    expect(unitsPerSecond(result.reads)).toBeLessThan(25);
    expect(result.seen.length).toBeGreaterThan(2_000);
    const left = 10_000 - result.seen.length - result.absent.length;
    expect(left).toBeGreaterThan(0);
    expect(result.endings).toMatchObject([{ kind: "deadline", lastError: { code: "OutOfTime" } }]);
    expect(result.endings).toMatchObject([{ lastError: { message: expect.stringContaining(`${left} events`) } }]);
  });

  it("is read more slowly where it throttles, and everything is found all the same", async () => {
    let usedUnits = 0;
    let second = 0;
    const result = await observe(10_000, {
      // 100 units a second, without any burst.
      answer: ({ keys, atMs }) => {
        const now = Math.floor(atMs / 1000);
        if (now !== second) usedUnits = 0;
        second = now;
        const served = Math.min(keys.length, Math.floor((100 - usedUnits) / 0.5));
        usedUnits += served * 0.5;
        return served === 0 ? { throws: THROTTLED } : { served };
      },
      task: { deadlineMs: () => START_MS + 300_000 },
    });
    expect(result.seen).toEqual(range(0, 10_000));
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
    expect(result.reads.length).toBeLessThan(600);
  });

  it("is believed about what a large item costs", async () => {
    const large = await observe(2_000, {
      answer: ({ keys }) => ({ units: keys.length * 5 }),
      task: { readBudgetUnitsPerSecond: 500 },
    });
    const seconds = ((large.reads.at(-1)?.atMs ?? 0) - START_MS) / 1000;
    expect(seconds).toBeGreaterThan(10);
    expect(large.seen).toEqual(range(0, 2_000));
  });

  it("that cannot have such a key was read and holds none of them", async () => {
    const refusal = Object.assign(new Error("The provided key element does not match the schema"), {
      name: "ValidationException",
      $metadata: { httpStatusCode: 400 },
    });
    const result = await observe(10, { answer: () => ({ throws: refusal }) });
    expect(result.absent).toEqual(range(0, 10));
    expect(result.absentFacts).toMatchObject([{ consistent: true, readAtMs: DEADLINE_MS }]);
    expect(result.endings).toEqual([{ kind: "deadline", lastError: null }]);
  });

  it("that is not there ends the wait at once, and says so", async () => {
    const gone = serviceError("ResourceNotFoundException", 400);
    const result = await observe(10, { answer: () => ({ throws: gone }), graceMs: 20_000 });
    expect(result.endings).toMatchObject([
      { kind: "refused", error: { code: "ResourceNotFoundException", operation: "dynamodb:BatchGetItem" } },
    ]);
    expect(result.reads).toHaveLength(1);
  });

  it("that may not be read is tried within the grace window, and no longer", async () => {
    let denials = 2;
    const granted = await observe(10, {
      answer: () => (denials-- > 0 ? { throws: ACCESS_DENIED } : {}),
      graceMs: 20_000,
    });
    expect(granted.seen).toEqual(range(0, 10));
    const denied = await observe(10, { answer: () => ({ throws: ACCESS_DENIED }), graceMs: 20_000 });
    expect(denied.endings).toMatchObject([{ kind: "refused", error: { code: "AccessDeniedException" } }]);
    expect(denied.endedMs).toBeLessThan(START_MS + 25_000);
  });

  it("that fails now and then loses no look", async () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const result = await observe(1_000, { answer: (_, index) => (index % 3 === 1 ? { throws: reset } : {}) });
    expect(result.seen).toEqual(range(0, 1_000));
    expect(result.endings).toEqual([{ kind: "satisfied" }]);
  });

  it("is left at once when the run is interrupted, with what was seen kept", async () => {
    const control = new AbortController();
    const result = await observe(200, {
      signal: control.signal,
      itemOf: (id) => (id.length > "sp-run-alb-99".length ? undefined : written(id)),
      answer: ({ atMs }) => {
        if (atMs > START_MS + 10_000) control.abort();
        return {};
      },
    });
    expect(result.seen).toEqual(range(0, 100));
    expect(result.absent).toEqual([]);
    expect(result.endings).toEqual([{ kind: "interrupted" }]);
  });
});

it("goes on while sending is under way, and journals each second what came", async () => {
  const awaited = new SettledQueue();
  const { tools, clock, journal } = createTools(({ nowMs }) => tableClient(nowMs, written).clients);
  const watching = observeLoadItems(
    { ...RUN, hop: HOP, awaited, plan: PLAN, startMs: START_MS, deadlineMs: () => clock.nowMs() + 10_000 },
    tools,
  );
  for (let second = 0; second < 10; second += 1) {
    awaited.settle(second * 100, second * 100 + 100, clock.nowMs());
    await clock.wait(1_000, tools.signal);
  }
  awaited.end();
  await watching;
  const arrived = journal.of("load-arrived");
  expect(unionOf(arrived.map(({ seen }) => seen))).toEqual(range(0, 1_000));
  expect(arrived.length).toBeGreaterThan(7);
  expect(journal.of("wait-ended").map(({ ending }) => ending)).toEqual([{ kind: "satisfied" }]);
});
