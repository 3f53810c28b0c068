import { expect, test } from "vitest";
import { stableIdentifiers } from "./identifiers.ts";
import { type State, stateSchema } from "./terraform-json.ts";

interface Drawn {
  readonly subnets: readonly [string, string];
  readonly key: string;
  readonly api: string;
  readonly address: string;
  readonly time: string;
}

/** The state of a small stack, as it comes from an apply in which the control plane drew these identifiers. */
function stateOf({ subnets, key, api, address, time }: Drawn): State {
  const resource = (type: string, name: string, values: Record<string, unknown>) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    values,
  });
  const keyArn = `arn:aws:kms:us-east-1:123456789012:key/${key}`;
  return stateSchema.parse({
    format_version: "1.0",
    values: {
      outputs: { public_subnet_ids: { value: subnets } },
      root_module: {
        resources: [
          resource("aws_lb", "main", { subnets: [...subnets].sort(), zones: ["z", "a"] }), // a set: sorted by value
          resource("aws_subnet", "public[0]", { id: subnets[0] }),
          resource("aws_subnet", "public[1]", { id: subnets[1] }),
          resource("aws_kms_key", "main", { id: key, arn: keyArn }),
          resource("aws_kinesis_stream", "events", { kms_key_id: keyArn, name: "events" }),
          resource("aws_api_gateway_rest_api", "content", { id: api }),
          resource("aws_api_gateway_stage", "live", { invoke_url: `https://${api}.execute-api.example.com/live` }),
          resource("aws_instance", "proof", {
            public_ip: address,
            public_dns: `ec2-${address.replaceAll(".", "-")}.example.com`,
          }),
          resource("aws_lambda_function", "f", { last_modified: time }),
        ],
      },
    },
  });
}

const first: Drawn = {
  subnets: ["subnet-00000000000000001", "subnet-fffffffffffffffff"],
  key: "f1cd2ed4-45fa-4cdf-bf57-f752b35bac0c",
  api: "8mldtcyvri",
  address: "54.214.209.230",
  time: "2026-11-22T02:19:04.234890000Z",
};
const second: Drawn = {
  subnets: ["subnet-eeeeeeeeeeeeeeeee", "subnet-22222222222222222"],
  key: "0a1b2c3d-0000-4cdf-bf57-00000000000a",
  api: "abcdefghij",
  address: "3.3.3.3",
  time: "2027-01-01T12:00:00.000000001Z",
};

test("two applies of one configuration give one snapshot, whatever was drawn and in whatever order", () => {
  expect(stableIdentifiers(stateOf(first))).toEqual(stableIdentifiers(stateOf(second)));
});

test("an identifier is renamed everywhere it occurs, alone and within other text", () => {
  const { root_module, outputs } = stableIdentifiers(stateOf(first)).values;
  const values = Object.fromEntries(
    (root_module.resources ?? []).map((resource) => [resource.address, resource.values]),
  );
  const text = JSON.stringify({ root_module, outputs });
  for (const old of [...first.subnets, first.key, first.api, first.address, "54-214-209-230", first.time]) {
    expect(text).not.toContain(old);
  }
  const key = values["aws_kms_key.main"]?.["id"];
  expect(values["aws_kinesis_stream.events"]?.["kms_key_id"]).toBe(`arn:aws:kms:us-east-1:123456789012:key/${key}`);
  const api = values["aws_api_gateway_rest_api.content"]?.["id"];
  expect(values["aws_api_gateway_stage.live"]?.["invoke_url"]).toBe(`https://${api}.execute-api.example.com/live`);
  expect(outputs).toEqual({
    public_subnet_ids: { value: [values["aws_subnet.public[0]"]?.["id"], values["aws_subnet.public[1]"]?.["id"]] },
  });
});

test("what is renamed keeps its shape, and different things stay different", () => {
  const text = JSON.stringify(stableIdentifiers(stateOf(first)));
  expect(new Set(text.match(/subnet-[0-9a-f]{17}(?![0-9a-f])/g)).size).toBe(2);
  expect(text).toMatch(/"id":"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/);
  expect(text).toMatch(/https:\/\/[a-z0-9]{10}\.execute-api/);
  expect(text).toMatch(/"public_ip":"203\.0\.113\.\d+"/);
  expect(text).toContain('"last_modified":"2025-01-01T00:00:00.000000000Z"');
});

test("names, and lists in an order of their own, are left alone", () => {
  const text = JSON.stringify(stableIdentifiers(stateOf(first)));
  expect(text).toContain('"zones":["z","a"]');
  expect(text).toContain('"name":"events"');
});
