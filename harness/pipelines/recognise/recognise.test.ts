import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resourcesOf } from "../../checks/read/state/terraform-resources.ts";
import type { TerraformResource } from "../../model/terraform-resource.ts";
import { SNAPSHOT } from "../../testing/stackproof.ts";
import { recognise } from "./recognise.ts";
import type { RecognisedPipeline } from "./recognised.ts";

const resource = (type: string, values: Record<string, unknown>): TerraformResource => ({
  address: `${type}.this`,
  type,
  values,
});
const arn = (rest: string) => `arn:aws:${rest}`;
const aFunction = (name: string, variables: Record<string, string>) =>
  resource("aws_lambda_function", {
    function_name: name,
    arn: arn(`lambda:eu-west-1:1:function:${name}`),
    role: arn(`iam::1:role/${name}`),
    environment: [{ variables }],
  });
const table = (name: string, hashKey: string) =>
  resource("aws_dynamodb_table", { name, arn: arn(`dynamodb:eu-west-1:1:table/${name}`), hash_key: hashKey });

/** A load balancer with two rules, each to a function of its own that writes into one table. */
const twoRoutes = [
  resource("aws_lb", { arn: "lb", dns_name: "lb.example.com", vpc_id: "vpc-1" }),
  resource("aws_lb_listener", { arn: "listener", load_balancer_arn: "lb", protocol: "HTTPS", default_action: [] }),
  ...["orders", "returns"].flatMap((name) => [
    resource("aws_lb_listener_rule", {
      listener_arn: "listener",
      condition: [{ path_pattern: [{ values: [`/${name}/*`] }] }],
      action: [{ type: "forward", target_group_arn: `tg-${name}` }],
    }),
    resource("aws_lb_target_group_attachment", {
      target_group_arn: `tg-${name}`,
      target_id: arn(`lambda:eu-west-1:1:function:${name}`),
    }),
    aFunction(name, { TABLE: "all" }),
  ]),
  table("all", "pk"),
];

const urlOf = (pipeline: RecognisedPipeline | undefined) =>
  pipeline !== undefined && pipeline.entry.kind !== "s3" ? pipeline.entry.url : undefined;

describe("recognising pipelines", () => {
  it("finds every way of the reference stack, all names by its outputs", () => {
    const state = JSON.parse(readFileSync(SNAPSHOT, "utf8"));
    const outputs = new Map<string, unknown>(
      Object.entries<{ value: unknown }>(state.values.outputs).map(([name, { value }]) => [name, value]),
    );
    const found = recognise(resourcesOf(state) ?? [], outputs);
    expect(found.map(({ name }) => name)).toEqual(["alb", "api", "upload"]);
    expect(found.map(({ hops }) => hops.map(({ kind }) => kind))).toEqual([
      ["log", "stream", "metric", "metric", "log", "item"],
      ["log", "item"],
      ["object", "log", "item"],
    ]);
    expect(found[0]?.roles).toMatchObject({ stream: "{stream_name}", table: "{events_table_name}" });
    const texts = found.flatMap(({ roles }) => Object.entries(roles).filter(([role]) => !/Actions|Route/.test(role)));
    expect(texts.filter(([, value = ""]) => !/^\{[a-z_]+\}$/.test(value))).toEqual([]);
  });

  it("makes a pipeline of each rule of a listener, under names of their own", () => {
    const found = recognise(twoRoutes, new Map([["url", "https://lb.example.com"]]));
    expect(found.map((each) => [each.name, urlOf(each)])).toEqual([
      ["alb", "{url}/orders/"],
      ["alb2", "{url}/returns/"],
    ]);
    expect(found[0]?.hops.at(-1)).toMatchObject({ kind: "item", table: "all", key: { pk: "{tag}" } });
    expect(found[0]?.entry.body).toMatchObject({ pk: "{tag}" });
  });

  it("tells two routes of one path apart by their query, and takes the host that a rule asks for", () => {
    const conditions = [
      [{ path_pattern: [{ values: ["/events"] }] }, { query_string: [{ key: "kind", value: "orders" }] }],
      [{ path_pattern: [{ values: ["/events"] }] }, { host_header: [{ values: ["returns.example.com"] }] }],
    ];
    const rules = twoRoutes.filter(({ type }) => type === "aws_lb_listener_rule");
    const changed = twoRoutes.map((each) => {
      const condition = conditions[rules.indexOf(each)];
      return condition === undefined ? each : { ...each, values: { ...each.values, condition } };
    });
    const found = recognise(changed, new Map([["url", "https://lb.example.com"]]));
    expect(found.map(urlOf)).toEqual(["{url}/events?kind=orders", "https://returns.example.com/events"]);
  });

  it("names what no output names as it is, and asks for what the state does not show", () => {
    const [first] = recognise(twoRoutes, new Map());
    expect(urlOf(first)).toBe("https://lb.example.com/orders/");
    expect(first?.questions.join("\n")).toContain("With which actions does the function write?");
  });

  it("takes an output that is a whole URL for the entry's", () => {
    const [first] = recognise(twoRoutes, new Map([["orders_url", "https://lb.example.com/orders/"]]));
    expect(urlOf(first)).toBe("{orders_url}");
  });

  it("leaves out an entry that leads to no table", () => {
    expect(
      recognise(
        twoRoutes.filter(({ type }) => type !== "aws_dynamodb_table"),
        new Map(),
      ),
    ).toEqual([]);
  });
});
