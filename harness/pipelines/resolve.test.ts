import { describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { pipelinesSchema } from "./pipeline.ts";
import { resolveScenarios } from "./resolve.ts";
import { scenariosSchema } from "./scenario-definition.ts";

const pipelines = pipelinesSchema.parse([
  {
    name: "orders",
    entry: { kind: "alb", url: "{base_url}/orders", body: { id: "{tag}", nested: { shop: "{shop}" } } },
    hops: [
      { name: "stream", kind: "stream", stream: "{stream_name}" },
      {
        name: "rise",
        kind: "metric",
        namespace: "AWS/Kinesis",
        metric: "IncomingRecords",
        dimensions: { StreamName: "{stream_name}" },
      },
      { name: "item", kind: "item", table: "{table_name}", key: { id: "order#{tag}" } },
    ],
  },
]);
const definitions = scenariosSchema.parse([
  { name: "orders-arrive", proves: "Orders arrive.", pipeline: "orders", send: { eventsPerRequest: [1, 1] } },
]);
const outputs = new Map<string, unknown>([
  ["base_url", "http://shop.example.com"],
  ["shop", "north"],
  ["stream_name", "orders-stream"],
  ["table_name", "orders-table"],
]);

function resolve(changes: Partial<Parameters<typeof resolveScenarios>[0]> = {}) {
  return resolveScenarios({
    pipelines,
    definitions,
    outputs,
    deployment: "outputs.json",
    longestWaitMs: null,
    ...changes,
  }).scenarios;
}

function problemOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof CannotRun) return error.problem;
  }
  throw new Error("expected CannotRun");
}

describe("resolving scenarios", () => {
  it("fills outputs everywhere and leaves the tag for later", () => {
    const [scenario] = resolve();
    expect(scenario?.entry).toMatchObject({
      url: "http://shop.example.com/orders",
      body: '{"id":"{tag}","nested":{"shop":"north"}}',
      batchBody: null,
    });
    expect(scenario?.hops.map((hop) => hop.name)).toEqual(["entry", "stream", "rise", "item"]);
    expect(scenario?.hops[1]).toMatchObject({ stream: "orders-stream" });
    expect(scenario?.hops[2]).toMatchObject({ dimensions: { StreamName: "orders-stream" } });
    expect(scenario?.hops[3]).toMatchObject({ table: "orders-table", key: { id: "order#{tag}" } });
  });

  it("fills every text of a hop, a metric's namespace and an item's attributes too", () => {
    const hops = [
      { name: "rise", kind: "metric", namespace: "Shops/{shop}", metric: "Orders", dimensions: {} },
      { name: "item", kind: "item", table: "orders", key: { id: "{tag}" }, deliveriesAttribute: "of_{shop}" },
    ];
    const [scenario] = resolve({ pipelines: pipelinesSchema.parse([{ ...pipelines[0], hops }]) });
    expect(scenario?.hops.slice(1)).toEqual([
      { ...hops[0], namespace: "Shops/north", counts: "events" },
      { ...hops[1], deliveriesAttribute: "of_north" },
    ]);
  });

  it("names every missing and every wrongly typed output at once, with the field that needs it", () => {
    const problem = problemOf(() =>
      resolve({
        outputs: new Map<string, unknown>([
          ["base_url", "http://a"],
          ["shop", ""],
          ["stream_name", ["a"]],
        ]),
      }),
    );
    expect(problem.code).toBe("outputs.incomplete");
    expect(problem.message).toContain("3 outputs");
    expect(problem.message).toContain("shop (empty; used by orders.entry.body.nested.shop)");
    expect(problem.message).toContain(
      "stream_name (a list, must be a string; used by orders.rise.dimensions.StreamName)",
    );
    expect(problem.message).toContain("table_name (absent; used by orders.item.table)");
    expect(problem.place).toBe("outputs.json, outputs");
  });

  it("says that a deployment of which nothing fits is one of another stack", () => {
    const problem = problemOf(() => resolve({ outputs: new Map([["cluster_name", "x"]]) }));
    expect(problem.remedy).toContain("another stack");
  });

  it("refuses a pipeline that does not exist and names those that do", () => {
    const [definition] = definitions;
    if (definition === undefined) throw new Error("no definition");
    const problem = problemOf(() => resolve({ definitions: [{ ...definition, pipeline: "payments" }] }));
    expect(problem.message).toContain("payments");
    expect(problem.remedy).toContain("orders");
  });

  it("refuses batches for an entry that takes none", () => {
    const [definition] = definitions;
    if (definition === undefined) throw new Error("no definition");
    const problem = problemOf(() =>
      resolve({ definitions: [{ ...definition, send: { eventsPerRequest: [3], intervalMs: 0 } }] }),
    );
    expect(problem.code).toBe("scenario.no-batches");
  });

  it("refuses an output that makes no URL", () => {
    const problem = problemOf(() => resolve({ outputs: new Map([...outputs, ["base_url", "shop.example.com"]]) }));
    expect(problem.code).toBe("deployment.bad-url");
  });

  it("caps waits but not a request's time-out", () => {
    const [scenario] = resolve({ longestWaitMs: 2_000 });
    expect(scenario?.deadlines).toEqual({ requestMs: 15_000, eventsMs: 2_000, logsMs: 2_000, metricsMs: 2_000 });
  });
});

describe("a pipelines file", () => {
  const [pipeline] = pipelines;
  it.each([
    ["a sink that is no item", { ...pipeline, hops: [{ name: "s", kind: "stream", stream: "x" }] }, "last hop"],
    [
      "two hops of one name",
      { ...pipeline, hops: [pipeline?.hops[0], pipeline?.hops[0], pipeline?.hops[2]] },
      "same name",
    ],
    ["a misspelt field", { ...pipeline, entri: {} }, "entri"],
    ["a name that cannot stand in a tag", { ...pipeline, name: "my-orders" }, "letters and digits"],
  ])("refuses %s", (_, value, message) => {
    const parsed = pipelinesSchema.safeParse([value]);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });
});
