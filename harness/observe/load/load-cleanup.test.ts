import { type AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { ItemHop } from "../../model/hop.ts";
import { SequenceSet } from "../../model/sequence-set.ts";
import { CONFIG, METADATA, serviceError } from "../testing/clients.ts";
import { createTools, RUN, START_MS } from "../testing/tools.ts";
import { cleanUpLoad, type LoadCleanupTask } from "./load-cleanup.ts";

const HOP: ItemHop = { kind: "item", name: "item", table: "items", key: { id: "{tag}" } };
const DAY_S = 86_400;

interface Plan {
  readonly ttl?: string | Error;
  /** The value of the items' attribute `expires_at`, in seconds. */
  readonly expiresAt?: number;
  readonly items?: number;
  /** How many deletes of a call get done. */
  readonly serve?: (requested: number, index: number) => number | Error;
  readonly task?: Partial<LoadCleanupTask>;
  readonly signal?: AbortSignal;
}

async function cleanUp({ ttl, expiresAt, items = 10, serve = (count) => count, task, ...tools }: Plan = {}) {
  const calls: { readonly deletes: readonly string[]; readonly atMs: number }[] = [];
  const deleted: string[] = [];
  const made = createTools(() => ({}), tools);
  const client = new DynamoDBClient(CONFIG);
  const answer = (input: object) => {
    if ("TableName" in input) {
      if (ttl instanceof Error) throw ttl;
      const enabled = { TimeToLiveStatus: "ENABLED", AttributeName: ttl };
      return { TimeToLiveDescription: ttl === undefined ? { TimeToLiveStatus: "DISABLED" } : enabled };
    }
    const requests = "RequestItems" in input ? Object(input.RequestItems).items : undefined;
    if (!Array.isArray(requests)) {
      const keys: Record<string, AttributeValue>[] = requests.Keys;
      const values = expiresAt === undefined ? {} : { expires_at: { N: String(expiresAt) } };
      return { Responses: { items: keys.map(() => values) } };
    }
    const deletes = requests.map(({ DeleteRequest }) => String(DeleteRequest.Key.id.S));
    calls.push({ deletes, atMs: made.clock.nowMs() });
    const served = serve(deletes.length, calls.length - 1);
    if (served instanceof Error) throw served;
    deleted.push(...deletes.slice(0, served));
    return served === deletes.length ? {} : { UnprocessedItems: { items: requests.slice(served) } };
  };
  client.middlewareStack.add(() => async (args) => ({ response: {}, output: { ...METADATA, ...answer(args.input) } }), {
    step: "initialize",
    priority: "high",
  });
  const sequences = new SequenceSet();
  sequences.addRange(0, items);
  await cleanUpLoad(
    { ...RUN, hop: HOP, sequences, deadlineMs: START_MS + 60_000, ...task },
    { ...made.tools, clients: { ...made.tools.clients, dynamodb: async () => client } },
  );
  const facts = made.journal.of("load-cleaned");
  return { outcome: facts[0]?.outcome, count: facts.length, calls, deleted, elapsedMs: made.clock.nowMs() - START_MS };
}

const tags = (count: number) => Array.from({ length: count }, (_, n) => `sp-run-alb-${n}`);

describe("the items of a load, at its end", () => {
  it("are left to the table where it expires them", async () => {
    const expiresAt = START_MS / 1000 + 7 * DAY_S;
    const { outcome, calls } = await cleanUp({ ttl: "expires_at", expiresAt });
    expect(outcome).toEqual({ kind: "expires", table: "items", attribute: "expires_at", atMs: expiresAt * 1000 });
    expect(calls).toEqual([]);
  });

  it.each([
    ["has no time to live", {}],
    ["expires by an attribute that they do not have", { ttl: "expires_at" }],
    ["expires by a time that is over, which it leaves alone where it is long ago", { ttl: "expires_at", expiresAt: 5 }],
    ["does not let the verifier see its time to live", { ttl: serviceError("AccessDeniedException", 400) }],
  ])("are removed by their keys, each once, where the table %s", async (_, plan) => {
    const { outcome, deleted, calls, count } = await cleanUp({ ...plan, items: 60 });
    expect(outcome).toEqual({ kind: "removed", table: "items", items: 60 });
    expect(deleted).toEqual(tags(60));
    expect(calls.map(({ deletes }) => deletes.length)).toEqual([25, 25, 10]);
    expect(count).toBe(1);
  });

  it("are removed no faster than the budget", async () => {
    const { elapsedMs } = await cleanUp({ items: 1_000, task: { writeBudgetUnitsPerSecond: 50 } });
    expect(elapsedMs).toBeGreaterThan(15_000);
  });

  it("that the table did not get to are removed again", async () => {
    const serve = (requested: number, index: number) =>
      index % 3 === 0 ? 5 : index % 3 === 1 ? serviceError("ProvisionedThroughputExceededException", 400) : requested;
    const { outcome, deleted } = await cleanUp({ items: 200, serve });
    expect(outcome).toEqual({ kind: "removed", table: "items", items: 200 });
    expect(new Set(deleted)).toEqual(new Set(tags(200)));
    expect(deleted).toHaveLength(200);
  });

  it("are left, and why is said, where the verifier may not remove them", async () => {
    const { outcome, calls } = await cleanUp({ serve: () => serviceError("AccessDeniedException", 400), items: 20 });
    expect(outcome).toEqual({
      kind: "left",
      table: "items",
      reason: expect.stringMatching(/^0 of 20 items were removed: dynamodb:BatchWriteItem: AccessDeniedException/),
    });
    expect(calls).toHaveLength(1);
  });

  it("are left in part where there is no time to remove them all", async () => {
    const plan = { items: 100_000, task: { deadlineMs: START_MS + 10_000 } };
    const { outcome, deleted } = await cleanUp(plan);
    expect(outcome).toMatchObject({
      kind: "left",
      reason: `${deleted.length} of 100000 items were removed: there was no more time`,
    });
    expect(deleted.length).toBeGreaterThan(1_000);
  });

  it("are left where the run is interrupted", async () => {
    const { outcome } = await cleanUp({ signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: "left", reason: "0 of 10 items were removed: the run was interrupted" });
  });

  it("are never removed by a key that does not name the run's event", async () => {
    const { outcome, calls } = await cleanUp({ task: { hop: { ...HOP, key: { id: "settings" } } } });
    expect(calls).toEqual([]);
    expect(outcome).toMatchObject({ kind: "left" });
  });
});
