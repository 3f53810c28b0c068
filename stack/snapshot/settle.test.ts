import { expect, test } from "vitest";
import { settle } from "./settle.ts";
import { type Plan, type State, stateSchema } from "./terraform-json.ts";

const address = "module.ingest.aws_lambda_function.this";

const stateOf = (values: Record<string, unknown>): State =>
  stateSchema.parse({
    format_version: "1.0",
    values: {
      root_module: {
        child_modules: [{ resources: [{ address, mode: "managed", type: "aws_lambda_function", values }] }],
      },
    },
  });

const planOf = (actions: string[], before: Record<string, unknown>, after: Record<string, unknown>): Plan => ({
  resource_changes: [{ address, change: { actions, before, after } }],
});

test("what the control plane forgot is taken from the plan, and reported", () => {
  const state = stateOf({ kms_key_arn: "", timeout: 20, tags: { a: "b" } });
  const before = { kms_key_arn: "", timeout: 20, tags: { a: "b" } };
  const plan = planOf(["update"], before, { kms_key_arn: "arn:key", timeout: 20, tags: { a: "b" } });

  expect(settle(state, plan)).toEqual([{ address, attribute: "kms_key_arn" }]);
  expect(state).toEqual(stateOf({ kms_key_arn: "arn:key", timeout: 20, tags: { a: "b" } }));
});

test.each([["no-op"], ["read"]])("a plan of %s changes nothing", (action) => {
  const state = stateOf({ timeout: 20 });
  expect(settle(state, planOf([action], { timeout: 20 }, { timeout: 30 }))).toEqual([]);
  expect(state).toEqual(stateOf({ timeout: 20 }));
});

test.each([[["create"]], [["delete"]], [["delete", "create"]]])("a plan of %j is no state to keep", (actions) => {
  const refused = expect.objectContaining({ name: "SnapshotError", place: address });
  expect(() => settle(stateOf({}), planOf(actions, {}, {}))).toThrow(refused);
});
