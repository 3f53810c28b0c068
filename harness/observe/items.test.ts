import { describe, expect, it } from "vitest";
import type { ItemHop } from "../model/hop.ts";
import type { Item } from "./item-reader.ts";
import { runObserver } from "./testing/run-observer.ts";
import { type TableRead, tableClient } from "./testing/table-client.ts";
import { START_MS } from "./testing/tools.ts";

const HOP: ItemHop = { kind: "item", name: "table", table: "items", key: { id: "{tag}" } };

/** A table with these items by id; `serve` says how many keys of a call it gets done. */
function table(itemOf: (id: string) => Item | undefined, serve = (keys: readonly unknown[]) => keys.length) {
  const requests: TableRead["request"][] = [];
  const { clients } = tableClient(
    () => START_MS,
    itemOf,
    ({ request, keys }) => {
      requests.push(request);
      return { served: serve(keys) };
    },
  );
  return { requests, clients: () => clients };
}

const serviceError = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
const item = (id: string): Item => ({ id: { S: id } });
const tags = (count: number) => Array.from({ length: count }, (_, sequence) => `sp-run-alb-${sequence}`);

describe("the items' observer", () => {
  it("reads strongly consistent, and only the attributes that it needs", async () => {
    const hop = { ...HOP, deliveriesAttribute: "deliveries", writtenAtAttribute: "written_at_ms" };
    const { requests, clients } = table(item);
    await runObserver(hop, tags(1), clients);
    const [request] = requests;
    expect(request?.ConsistentRead).toBe(true);
    expect(request?.ProjectionExpression).toBe("#a0, #a1, #a2");
    expect(request?.ExpressionAttributeNames).toEqual({ "#a0": "id", "#a1": "deliveries", "#a2": "written_at_ms" });
  });

  it("asks for at most 100 keys a call", async () => {
    const { requests, clients } = table(item);
    const { journal } = await runObserver(HOP, tags(250), clients);
    expect(requests.map(({ Keys }) => Keys?.length)).toEqual([100, 100, 50]);
    expect(journal.of("sighted")).toHaveLength(250);
  });

  it("sends keys that stayed unprocessed again, and gives up on them for now where none gets done", async () => {
    const slow = table(item, (keys) => Math.min(keys.length, 30));
    const done = await runObserver(HOP, tags(100), slow.clients);
    expect(slow.requests.map(({ Keys }) => Keys?.length)).toEqual([100, 70, 40, 10]);
    expect(done.ending).toEqual({ kind: "satisfied" });

    const stuck = table(item, () => 0);
    const { ending } = await runObserver(HOP, tags(1), stuck.clients);
    expect(ending).toMatchObject({ kind: "deadline", lastError: { code: "UnprocessedKeys" } });
  });

  it("looks only for what it has not seen yet where the stack counts no deliveries", async () => {
    let looks = 0;
    const { requests, clients } = table((id) => (id.endsWith("-1") && looks++ < 2 ? undefined : item(id)));
    await runObserver(HOP, tags(2), clients);
    expect(requests.map(({ Keys }) => Keys?.length)).toEqual([2, 1, 1]);
  });

  it("takes each delivery that the stack counted for an occurrence", async () => {
    const hop = { ...HOP, deliveriesAttribute: "deliveries" };
    const { clients } = table((id) => ({ ...item(id), deliveries: { N: "3" } }));
    const { journal } = await runObserver(hop, tags(1), clients);
    expect(journal.of("sighted").map(({ occurrence }) => occurrence)).toEqual([
      "delivery 1",
      "delivery 2",
      "delivery 3",
    ]);
  });

  it("bounds what it believes of a delivery counter", async () => {
    const hop = { ...HOP, deliveriesAttribute: "deliveries" };
    const { clients } = table((id) => ({ ...item(id), deliveries: { N: "1000000000" } }));
    const { journal } = await runObserver(hop, tags(1), clients);
    expect(journal.of("sighted")).toHaveLength(20);
  });

  it("takes the time from the item where it says when it was written, else from its own clock", async () => {
    const hop = { ...HOP, writtenAtAttribute: "written_at_ms" };
    const withTime = table((id) => ({ ...item(id), written_at_ms: { N: String(START_MS + 42) } }));
    const written = await runObserver(hop, tags(1), withTime.clients);
    expect(written.journal.of("sighted")[0]?.seenAtMs).toBe(START_MS + 42);

    const without = await runObserver(hop, tags(1), table(item).clients);
    expect(without.journal.of("sighted")[0]?.seenAtMs).toBe(START_MS);
  });

  it("takes a table that cannot have such a key for one that was read and holds nothing", async () => {
    const refusing = table(() => {
      throw serviceError("ValidationException", "The provided key element does not match the schema");
    });
    const { journal, ending } = await runObserver(HOP, tags(2), refusing.clients);
    expect(ending).toEqual({ kind: "deadline", lastError: null });
    const covered = journal.of("covered").at(-1);
    expect(covered?.how).toBe(
      "table items can have no item with the key id: The provided key element does not match the schema",
    );
    expect(covered?.untilMs).toBeGreaterThanOrEqual(START_MS);
    expect(journal.of("sighted")).toEqual([]);
  });

  it("takes no other refusal for an answer", async () => {
    const refusing = table(() => {
      throw serviceError("ValidationException", "Invalid attribute value type");
    });
    const { journal, ending } = await runObserver(HOP, tags(2), refusing.clients);
    expect(ending).toMatchObject({ kind: "refused", error: { code: "ValidationException" } });
    expect(journal.of("covered")).toEqual([]);
  });

  it("finds an item by a key of two attributes", async () => {
    const hop = { ...HOP, key: { id: "{tag}", kind: "event#{tag}" } };
    const { requests, clients } = table((id) => ({ kind: { S: `event#${id}` }, id: { S: id } }));
    const { journal } = await runObserver(hop, tags(1), clients);
    expect(requests[0]?.Keys).toEqual([{ id: { S: "sp-run-alb-0" }, kind: { S: "event#sp-run-alb-0" } }]);
    expect(journal.of("sighted")).toMatchObject([
      { tag: "sp-run-alb-0", place: "table items, key id=sp-run-alb-0, kind=event#sp-run-alb-0" },
    ]);
  });
});
