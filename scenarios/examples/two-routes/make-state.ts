import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * Writes `state.json`: the state of a stack of another shape, made from pieces of the reference stack's snapshot, so that every attribute
 * looks as the provider writes it. Run it after a change of the snapshot: `npx tsx scenarios/examples/two-routes/make-state.ts`.
 */
const SNAPSHOT = new URL("../../../stack/snapshot/snapshot.json", import.meta.url);
const STATE = new URL("state.json", import.meta.url);

const resourceSchema = z.looseObject({ address: z.string(), type: z.string(), name: z.string() });
type Resource = z.infer<typeof resourceSchema>;
const snapshotSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string(),
  values: z.object({
    root_module: z.object({
      resources: z.array(resourceSchema),
      child_modules: z.array(z.looseObject({ address: z.string(), resources: z.array(resourceSchema) })),
    }),
  }),
});
type Snapshot = z.infer<typeof snapshotSchema>;
type Pairs = readonly (readonly [from: string, to: string])[];

const ROUTES = ["orders", "returns"] as const;
const ACCOUNT = "210987654321";
const ARN = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}`;
const OLD = {
  targetGroup: "stackproof-dev-ingest/66fb4f61a959f9b4",
  mapping: "7b78fe2d-6244-273a-1a3c-9f8d49eb7b78",
  stream: ":stream/stackproof-dev-events",
};
/** What the second pipeline of the reference stack, and its proof instance, are made of. */
const LEFT_OUT = /api_gateway|api_access|api_logs|\.api$|content|proof|^data\./;

/** Both the same for every resource; the longer name first where one begins with the other. */
const RENAMED: Pairs = [
  ["us-east-1", "eu-west-1"],
  ["123456789012", ACCOUNT],
  ["stackproof-dev-processor", "shop-prod-writer"],
  ["stackproof-dev-events", "shop-prod-ledger"],
  ["stackproof-dev-eu-west-1-processor", "shop-prod-writer"],
  ["stackproof-dev-eu-west-1", "shop-prod"],
  ["stackproof-dev", "shop-prod"],
  ['"Project":"stackproof"', '"Project":"shop"'],
  ['"Environment":"dev"', '"Environment":"prod"'],
];

/** The pieces that each route has of its own: function, role, stream, mapping, target group, permission. */
function ofRoute(route: (typeof ROUTES)[number]): Pairs {
  const number = ROUTES.indexOf(route) + 1;
  return [
    ["stackproof-dev-us-east-1-ingest", `shop-prod-${route}-intake`],
    [OLD.targetGroup, `shop-prod-${route}/66fb4f61a959f9b${number}`],
    ["targetgroup/stackproof-dev-ingest", `targetgroup/shop-prod-${route}`],
    ["stackproof-dev-ingest", `shop-prod-${route}-intake`],
    [OLD.stream, `:stream/shop-prod-${route}`],
    ['"STREAM_NAME":"stackproof-dev-events"', `"STREAM_NAME":"shop-prod-${route}"`],
    [OLD.mapping, `${OLD.mapping.slice(0, -1)}${number}`],
    ["module.ingest", `module.${route}`],
  ];
}

function replaceAll<T>(value: T, pairs: Pairs, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(pairs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))));
}

function setValues(resource: Resource, values: Readonly<Record<string, unknown>>): Resource {
  return { ...resource, values: { ...z.record(z.string(), z.unknown()).parse(resource["values"]), ...values } };
}

/** A copy of a resource for each route; the name in its configuration says which. */
function perRoute(resource: Resource, change: Readonly<Record<string, unknown>> = {}): Resource[] {
  return ROUTES.map((route) => {
    const own = replaceAll(resource, ofRoute(route), resourceSchema);
    const named = { ...own, name: route, address: `${own.type}.${route}` };
    return setValues(named, own.type === "aws_kinesis_stream" ? { ...change, name: `shop-prod-${route}` } : change);
  });
}

function listenerRules(listener: Resource): Resource[] {
  const { arn } = z.object({ arn: z.string() }).parse(listener["values"]);
  const { default_action } = z
    .object({ default_action: z.array(z.record(z.string(), z.unknown())) })
    .parse(listener["values"]);
  return ROUTES.map((route, index) => {
    const ruleArn = `${arn.replace(":listener/", ":listener-rule/")}/5a2b7c1d9e8f000${index + 1}`;
    const condition = { host_header: [], http_header: [], http_request_method: [], source_ip: [] };
    const values = {
      arn: ruleArn,
      id: ruleArn,
      listener_arn: arn,
      priority: 10 * (index + 1),
      action: default_action,
      condition: [
        { ...condition, path_pattern: [{ values: ["/events"] }], query_string: [] },
        { ...condition, path_pattern: [], query_string: [{ key: "kind", value: route }] },
      ],
      tags: {},
      tags_all: {},
    };
    const rule = { ...listener, type: "aws_lb_listener_rule", name: route, values, sensitive_values: {} };
    return replaceAll({ ...rule, address: `aws_lb_listener_rule.${route}` }, ofRoute(route), resourceSchema);
  });
}

const NOT_FOUND = {
  ...{ authenticate_cognito: [], authenticate_oidc: [], forward: [], redirect: [], target_group_arn: "", order: 1 },
  ...{ type: "fixed-response", fixed_response: [{ content_type: "text/plain", message_body: "", status_code: "404" }] },
};

/** The consumer reads both streams, so its role names both. */
function readsBothStreams(text: string): string {
  const arn = `arn:aws:kinesis:us-east-1:123456789012${OLD.stream}`;
  const both = ROUTES.map((route) => `\\"${arn.replace(OLD.stream, `:stream/shop-prod-${route}`)}\\"`);
  return text.replaceAll(`\\"${arn}\\"`, `[${both.join(",")}]`);
}

const statementSchema = z.looseObject({ Sid: z.string(), Principal: z.unknown() });
const policySchema = z.looseObject({ Statement: z.array(statementSchema) });

/** The key's policy for this stack's roles: both intakes produce, and those who are not here are left out. */
function keyPolicy(key: Resource): Resource {
  const { policy } = z.object({ policy: z.string() }).parse(key["values"]);
  const parsed = policySchema.parse(JSON.parse(policy));
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const statements = parsed.Statement.filter(({ Sid }) => !/ContentFunction|ProofInstance/.test(Sid)).map((statement) =>
    statement.Sid === "Producer"
      ? { ...statement, Principal: { AWS: ROUTES.map((route) => role(`shop-prod-${route}-intake`)) } }
      : statement,
  );
  return setValues(key, { policy: JSON.stringify({ ...parsed, Statement: statements }) });
}

function rootResources({ resources }: Snapshot["values"]["root_module"]): Resource[] {
  return resources.flatMap((resource) => {
    if (LEFT_OUT.test(resource.address) || /proof/.test(JSON.stringify(resource["values"]).slice(0, 200))) {
      if (resource.type !== "aws_security_group") return keepsNothingOf(resource);
    }
    switch (resource.type) {
      case "aws_lb_target_group":
      case "aws_lb_target_group_attachment":
      case "aws_lambda_permission":
      case "aws_kinesis_stream":
      case "aws_lambda_event_source_mapping":
        return perRoute(resource);
      case "aws_lb_listener":
        return [setValues(resource, { default_action: [NOT_FOUND] }), ...listenerRules(resource)];
      case "aws_kms_key":
        return [keyPolicy(resource)];
      default:
        return [resource];
    }
  });
}
