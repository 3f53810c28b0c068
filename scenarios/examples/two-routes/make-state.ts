import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

/**
 * Writes `state.json`: the state of a stack of another shape, made from pieces of the reference stack's snapshot, so that every attribute
 * looks as the provider writes it. Run it after a change of the snapshot (of the functions' code too, whose hashes it holds):
 * `npx tsx scenarios/examples/two-routes/make-state.ts && npx biome format --write scenarios/examples`.
 */
const SNAPSHOT = new URL("../../../stack/snapshot/snapshot.json", import.meta.url);
const STATE = new URL("state.json", import.meta.url);

type Pairs = readonly (readonly [from: string, to: string])[];
const resourceSchema = z.looseObject({
  address: z.string(),
  type: z.string(),
  name: z.string(),
  values: z.record(z.string(), z.unknown()),
});
type Resource = z.infer<typeof resourceSchema>;
const moduleSchema = z.looseObject({ address: z.string(), resources: z.array(resourceSchema) });
const snapshotSchema = z.looseObject({
  values: z.object({
    root_module: z.object({ resources: z.array(resourceSchema), child_modules: z.array(moduleSchema) }),
  }),
});

const ROUTES = ["orders", "returns"] as const;
type Route = (typeof ROUTES)[number];

/** What the second pipeline of the reference stack and its proof instance are made of, and what was only read. */
const LEFT_OUT = /^data\.|^aws_api_gateway|^aws_instance|api_access|api_logs|permission\.api|content|proof/;
/** Each route has its own of these. */
const PER_ROUTE = [
  "aws_lb_target_group",
  "aws_lb_target_group_attachment",
  "aws_lambda_permission",
  "aws_kinesis_stream",
  "aws_lambda_event_source_mapping",
];

/** Names for the whole stack, replaced in turn. */
const RENAMED: Pairs = [
  ["us-east-1", "eu-west-1"],
  ["123456789012", "210987654321"],
  ["stackproof-dev-processor", "shop-prod-writer"],
  ["stackproof-dev-events", "shop-prod-ledger"],
  ["stackproof-dev-eu-west-1-processor", "shop-prod-writer"],
  ["stackproof-dev-eu-west-1", "shop-prod"],
  ["stackproof-dev", "shop-prod"],
  ["module.processor", "module.writer"],
  ['"Project":"stackproof"', '"Project":"shop"'],
  ['"Environment":"dev"', '"Environment":"prod"'],
];

/** Names of what each route has of its own. */
function renamedFor(route: Route): Pairs {
  const number = ROUTES.indexOf(route) + 1;
  return [
    ["stackproof-dev-us-east-1-ingest", `shop-prod-${route}-intake`],
    ["targetgroup/stackproof-dev-ingest/66fb4f61a959f9b4", `targetgroup/shop-prod-${route}/66fb4f61a959f9b${number}`],
    ["stackproof-dev-ingest", `shop-prod-${route}-intake`],
    [":stream/stackproof-dev-events", `:stream/shop-prod-${route}`],
    ['"STREAM_NAME":"stackproof-dev-events"', `"STREAM_NAME":"shop-prod-${route}"`],
    ["7b78fe2d-6244-273a-1a3c-9f8d49eb7b78", `7b78fe2d-6244-273a-1a3c-9f8d49eb7b7${number}`],
    ["module.ingest", `module.${route}`],
  ];
}

function rename<Schema extends z.ZodType>(value: z.output<Schema>, pairs: Pairs, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(pairs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))));
}

function oneForEachRoute(resource: Resource): Resource[] {
  return ROUTES.map((route) => {
    const own = rename(resource, renamedFor(route), resourceSchema);
    const name = own.type === "aws_kinesis_stream" || own.type === "aws_lb_target_group" ? `shop-prod-${route}` : null;
    const values = name === null ? own.values : { ...own.values, name };
    return { ...own, name: route, address: `${own.type}.${route}`, values };
  });
}

const NOT_FOUND = {
  type: "fixed-response",
  order: 1,
  fixed_response: [{ content_type: "text/plain", message_body: "", status_code: "404" }],
  target_group_arn: "",
  authenticate_cognito: [],
  authenticate_oidc: [],
  forward: [],
  redirect: [],
};
const NO_CONDITION = {
  host_header: [],
  http_header: [],
  http_request_method: [],
  path_pattern: [],
  query_string: [],
  source_ip: [],
};

/** The handler answers at /events alone, so the rules tell the routes apart by the query: /events?kind=orders. */
function listenerWithRules(listener: Resource): Resource[] {
  const { arn, default_action } = z
    .object({ arn: z.string(), default_action: z.array(z.unknown()) })
    .parse(listener.values);
  const rules = ROUTES.map((route, index) => {
    const id = `${arn.replace(":listener/", ":listener-rule/")}/5a2b7c1d9e8f000${index + 1}`;
    const condition = [
      { ...NO_CONDITION, path_pattern: [{ values: ["/events"] }] },
      { ...NO_CONDITION, query_string: [{ key: "kind", value: route }] },
    ];
    const values = { arn: id, id, listener_arn: arn, priority: 10 * (index + 1), action: default_action, condition };
    const rule = { ...listener, type: "aws_lb_listener_rule", name: route, values, sensitive_values: {} };
    return rename({ ...rule, address: `${rule.type}.${route}` }, renamedFor(route), resourceSchema);
  });
  return [{ ...listener, values: { ...listener.values, default_action: [NOT_FOUND] } }, ...rules];
}

/** Where one role or stream of the reference stack stands in a policy, both of this stack's do. */
function withBothRoutes(resource: Resource): Resource {
  const both = (one: RegExp, of: (route: Route) => string) => (text: string) =>
    text.replaceAll(one, `[${ROUTES.map(of).join(",")}]`);
  const streams = both(
    /"arn:aws:kinesis:us-east-1:123456789012:stream\/stackproof-dev-events"/g,
    (route) => `"arn:aws:kinesis:us-east-1:123456789012:stream/shop-prod-${route}"`,
  );
  const producers = both(
    /"arn:aws:iam::123456789012:role\/stackproof-dev-us-east-1-ingest"/g,
    (route) => `"arn:aws:iam::123456789012:role/shop-prod-${route}-intake"`,
  );
  const rewrite = (value: unknown): unknown => {
    if (typeof value === "string" && value.startsWith("{")) return withoutStrangers(producers(streams(value)));
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rewrite(part)]));
  };
  return resourceSchema.parse({ ...resource, values: rewrite(resource.values) });
}

const policySchema = z.looseObject({ Statement: z.array(z.looseObject({ Sid: z.string().optional() })) });

/** A policy without the statements for roles that this stack has not. */
function withoutStrangers(policy: string): string {
  const parsed = policySchema.parse(JSON.parse(policy));
  const Statement = parsed.Statement.filter(({ Sid = "" }) => !/^(ContentFunction|ProofInstance)$/.test(Sid));
  return JSON.stringify({ ...parsed, Statement });
}

function partsOf(resource: Resource): Resource[] {
  if (LEFT_OUT.test(resource.address)) return [];
  if (PER_ROUTE.includes(resource.type)) return oneForEachRoute(resource);
  return resource.type === "aws_lb_listener" ? listenerWithRules(resource) : [withBothRoutes(resource)];
}

/** Other names than the reference stack's, and fewer: the region is known by the ARN. */
function outputsOf(resources: readonly Resource[]): Record<string, { value: unknown; sensitive: boolean }> {
  const attribute = (address: string, name: string) => resources.find((each) => each.address === address)?.values[name];
  const host = attribute("aws_lb.main", "dns_name");
  const values = {
    entry_url: `http://${host}`,
    load_balancer: attribute("aws_lb.main", "arn"),
    ledger_table: attribute("aws_dynamodb_table.events", "name"),
    encryption_key: attribute("aws_kms_key.main", "arn"),
    ...Object.fromEntries(ROUTES.map((route) => [`${route}_stream`, attribute(`aws_kinesis_stream.${route}`, "name")])),
    ...Object.fromEntries(ROUTES.map((route) => [`${route}_target`, attribute(`aws_lb_target_group.${route}`, "arn")])),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, sensitive: false }]));
}

/** What each resource depends on may not be here, and nobody reads it. */
const withoutDependencies = (name: string, value: unknown) => (name === "depends_on" ? undefined : value);

const snapshot = snapshotSchema.parse(JSON.parse(readFileSync(SNAPSHOT, "utf8"), withoutDependencies));
const { resources, child_modules } = snapshot.values.root_module;
const module = rename(
  {
    resources: resources.flatMap(partsOf),
    child_modules: child_modules.flatMap((each) => {
      if (each.address === "module.ingest") return ROUTES.map((route) => rename(each, renamedFor(route), moduleSchema));
      return each.address === "module.processor" ? [{ ...each, resources: each.resources.map(withBothRoutes) }] : [];
    }),
  },
  RENAMED,
  z.looseObject({ resources: z.array(resourceSchema) }),
);
const values = { outputs: outputsOf(module.resources), root_module: module };
writeFileSync(STATE, `${JSON.stringify({ ...snapshot, checks: undefined, values }, null, 2)}\n`);
