import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readState } from "./read-state.ts";

const stream = (values: Record<string, unknown> = {}) => ({
  address: "module.data.aws_kinesis_stream.orders[0]",
  mode: "managed",
  type: "aws_kinesis_stream",
  values: {
    arn: "arn:aws-cn:kinesis:cn-north-1:444455556666:stream/orders",
    name: "orders",
    shard_count: 3,
    retention_period: 48,
    encryption_type: "NONE",
    kms_key_id: "",
    stream_mode_details: [{ stream_mode: "PROVISIONED" }],
    ...values,
  },
});

function state(resources: unknown[], child_modules: unknown[] = []) {
  return JSON.stringify({ format_version: "1.0", values: { root_module: { resources, child_modules } } });
}

function read(text: string) {
  const result = readState(text, "state.json");
  if (result.kind === "error") throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

describe("a state", () => {
  test("is read from all its modules, however deep, with the account, region and partition of its ARNs", () => {
    const text = state([], [{ child_modules: [{ resources: [stream()] }] }]);
    expect(read(text)).toMatchObject({
      accountId: "444455556666",
      region: "cn-north-1",
      partition: "aws-cn",
      streams: [{ address: "module.data.aws_kinesis_stream.orders[0]", name: "orders", shard_count: 3 }],
      functions: [],
    });
  });

  test("reads absent attributes alike, be they null, empty or left out", () => {
    for (const values of [{ kms_key_id: null }, { kms_key_id: "" }, { kms_key_id: undefined }]) {
      expect(read(state([stream(values)])).streams[0]?.kms_key_id).toBeUndefined();
    }
  });

  test("belongs to the account and region that most of it is in", () => {
    const elsewhere = {
      address: "aws_acm_certificate.cdn",
      mode: "managed",
      type: "aws_acm_certificate",
      values: { arn: "arn:aws:acm:us-east-1:444455556666:certificate/x" },
    };
    const another = stream({ name: "b" });
    expect(read(state([elsewhere, stream(), another])).region).toBe("cn-north-1");
  });

  test("leaves out data sources and objects that are waiting to be destroyed", () => {
    const data = { ...stream(), mode: "data" };
    const deposed = { ...stream(), deposed_key: "abcd1234" };
    expect(read(state([stream(), data, deposed])).streams).toHaveLength(1);
  });

  test("makes one note of each type that the twin does not play, and none of settings", () => {
    const resource = (type: string, name: string) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      values: {},
    });
    const queues = [resource("aws_sqs_queue", "a"), resource("aws_sqs_queue", "b")];
    const { notes } = read(state([stream(), ...queues, resource("aws_eip", "nat")]));
    expect(notes).toEqual(["ignored aws_sqs_queue, which the twin does not play: aws_sqs_queue.a, aws_sqs_queue.b"]);
  });

  test("of the reference stack is read without a note", async () => {
    const file = new URL("../../snapshot/snapshot.json", import.meta.url);
    const snapshot = read(await readFile(file, "utf8"));
    expect(snapshot.notes).toEqual([]);
    const { functions, streams, tables, restApis, loadBalancers, eventSourceMappings, bucketNotifications } = snapshot;
    const counts = { functions, streams, tables, restApis, loadBalancers, eventSourceMappings, bucketNotifications };
    expect(Object.entries(counts).filter(([, list]) => list.length === 0)).toEqual([]);
  });
});

describe("what is no state gets one error with its place and the way out", () => {
  const error = (text: string) => {
    const result = readState(text, "dir/state.json");
    return result.kind === "error" ? result.error : undefined;
  };

  test.each([
    ["nothing", "", "state.not-json", "dir/state.json"],
    ["half of it", '{"format_version":', "state.not-json", "dir/state.json"],
    ["outputs", '{"alb_url":{"value":"x"}}', "state.wrong-format", "dir/state.json, format_version"],
    ["a list", "[]", "state.wrong-format", "dir/state.json"],
    [
      "a raw state file",
      '{"version":4,"serial":1,"lineage":"x","resources":[]}',
      "state.wrong-format",
      "dir/state.json",
    ],
    ["a stack with nothing applied", '{"format_version":"1.0"}', "state.wrong-format", "dir/state.json, values"],
    ["no resources", state([]), "state.wrong-format", "dir/state.json, values.root_module"],
    ["no ARNs", state([stream({ arn: "" })]), "state.no-account", "dir/state.json, values.root_module"],
    [
      "a resource without a name",
      state([stream({ name: undefined })]),
      "state.resource-malformed",
      "dir/state.json, module.data.aws_kinesis_stream.orders[0], name",
    ],
  ])("%s", (_what, text, code, place) => {
    expect(error(text)).toEqual({ code, place, message: expect.any(String), remedy: expect.stringMatching(/\w+/) });
  });
});
