import { describe, expect, it } from "vitest";
import { sensitiveValuesIn } from "./sensitive-values.ts";

const valuesIn = (json: unknown) => sensitiveValuesIn(json).map(({ value }) => value);

describe("what Terraform marks as sensitive", () => {
  it("is every text of a sensitive output", () => {
    const outputs = { url: { value: "open" }, db: { value: { user: "admin1", keys: ["key-one"] }, sensitive: true } };
    expect(valuesIn(outputs)).toEqual(["admin1", "key-one"]);
    expect(valuesIn({ format_version: "1.0", values: { outputs } })).toEqual(["admin1", "key-one"]);
    expect(valuesIn({ version: 4, outputs, resources: [] })).toEqual(["admin1", "key-one"]);
  });

  it("is what sensitive_values of terraform show marks, in modules too", () => {
    const resource = {
      values: { name: "db", settings: [{ pin: "1234567", size: "small" }], tags: { a: "b" } },
      sensitive_values: { settings: [{ pin: true }], tags: {} },
    };
    const root_module = {
      resources: [resource],
      child_modules: [{ resources: [{ values: { x: "y" }, sensitive_values: true }] }],
    };
    expect(valuesIn({ format_version: "1.0", values: { root_module } })).toEqual(["1234567", "y"]);
  });

  it("is what sensitive_attributes of a state file marks", () => {
    const path = [
      { type: "get_attr", value: "settings" },
      { type: "index", value: { value: 0, type: "number" } },
      { type: "get_attr", value: "pin" },
    ];
    const other = [{ type: "get_attr", value: "hash" }];
    const attributes = { name: "db", settings: [{ pin: "1234567", size: "small" }], hash: "abcdefg" };
    const resources = [{ instances: [{ attributes, sensitive_attributes: [path, other] }] }];
    expect(valuesIn({ version: 4, outputs: {}, resources })).toEqual(["1234567", "abcdefg"]);
  });

  it("is what the name of an attribute or a function's variable says, though it is not marked", () => {
    const values = { environment: [{ variables: { DB_PASSWORD: "hunter22", TABLE: "events" } }] };
    expect(valuesIn({ values: { root_module: { resources: [{ values }] } } })).toEqual(["hunter22"]);
  });

  it("is not what stands in an ARN or is the host of a URL that Terraform shows openly", () => {
    const open = {
      arn: "arn:aws:kinesis:eu-west-1:123456789012:stream/events",
      url: "https://me:hunter22@api.example/x",
    };
    const marked = { account: "123456789012", region: "eu-west-1", host: "api.example", password: "hunter22" };
    const outputs = Object.fromEntries([
      ...Object.entries(open).map(([name, value]) => [name, { value }]),
      ...Object.entries(marked).map(([name, value]) => [name, { value, sensitive: true }]),
    ]);
    expect(valuesIn(outputs)).toEqual(["hunter22"]);
  });

  it("is not what Terraform shows openly beside it", () => {
    const outputs = { arn: { value: "arn:aws:x" }, again: { value: "arn:aws:x", sensitive: true } };
    const resources = [{ values: { name: "events", alias: "events" }, sensitive_values: { alias: true } }];
    expect(valuesIn({ values: { outputs, root_module: { resources } } })).toEqual([]);
  });
});
