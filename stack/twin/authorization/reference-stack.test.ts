import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Principal } from "../model/ports.ts";
import { readState } from "../state/read-state.ts";
import { createAuthorizer } from "./create-authorizer.ts";
import { createKeys } from "./keys/keys.ts";
import { functionVariablesKeyUse, logGroupKeyUse, streamKeyUse, tableKeyUse } from "./keys/service-key-uses.ts";
import { mayAssumeRole } from "./may-assume-role.ts";

/** The state of the reference stack as its apply left it; which resource plays which part is read from it. */
const read = readState(readFileSync(new URL("../../snapshot/snapshot.json", import.meta.url), "utf8"), "snapshot.json");
if (read.kind === "error") throw new Error(read.error.message);
const state = read.value;
const { accountId, partition, region } = state;
const authorizer = createAuthorizer(state, { nowMs: () => 0 });
const keys = createKeys(state, authorizer);

const allowed = { allowed: true };
const roleOf = (functionName: RegExp): Principal => {
  const found = state.functions.find(({ function_name }) => functionName.test(function_name));
  return { kind: "role", roleArn: found?.role ?? "none", sessionName: found?.function_name ?? "none" };
};
const decide = (principal: Principal, action: string, resourceArn = "none") =>
  authorizer.decide({ principal, action, resourceArn, context: {} });

describe("the reference stack", () => {
  it("has policies that AWS takes and documents that are known", () => {
    expect(authorizer.notes).toEqual([]);
    expect(keys.notes).toEqual([]);
  });

  it("lets its functions start, with their variables", () => {
    for (const { role, arn, function_name, kms_key_arn } of state.functions) {
      expect(mayAssumeRole(authorizer, role, "lambda.amazonaws.com")).toEqual(allowed);
      const variables = {
        key: kms_key_arn ?? "none",
        region,
        functionArn: arn,
        functionName: function_name,
        roleArn: role,
      };
      expect(keys.mayUseKey(functionVariablesKeyUse(variables))).toEqual({ kind: "allowed" });
    }
  });

  it("lets load balancer, API and bucket invoke", () => {
    for (const { function_name, principal, source_arn = "" } of state.functionPermissions) {
      const functionArn = state.functions.find((each) => each.function_name === function_name)?.arn;
      const sourceArn = source_arn.replace("/*/", "/live/");
      const invoker: Principal = { kind: "service", service: principal, sourceArn, sourceAccount: accountId };
      expect(decide(invoker, "lambda:InvokeFunction", functionArn)).toEqual(allowed);
    }
  });

  it("lets events into the stream and out of it", () => {
    for (const stream of state.streams) {
      const named = { key: stream.kms_key_id ?? "none", region, streamArn: stream.arn };
      const [producer, consumer] = [roleOf(/ingest/), roleOf(/processor/)];
      expect(decide(producer, "kinesis:PutRecords", stream.arn)).toEqual(allowed);
      expect(keys.mayUseKey(streamKeyUse("write", producer, named))).toEqual({ kind: "allowed" });
      expect(decide(consumer, "kinesis:GetRecords", stream.arn)).toEqual(allowed);
      expect(keys.mayUseKey(streamKeyUse("read", consumer, named))).toEqual({ kind: "allowed" });
      expect(decide(consumer, "kinesis:PutRecords", stream.arn).allowed).toBe(false);
    }
  });

  it("lets its tables take items", () => {
    for (const { name, arn, server_side_encryption } of state.tables) {
      const events = /events/.test(name);
      const writer = events ? roleOf(/processor/) : roleOf(/content/);
      expect(decide(writer, events ? "dynamodb:BatchWriteItem" : "dynamodb:UpdateItem", arn)).toEqual(allowed);
      const key = server_side_encryption?.kms_key_arn ?? "none";
      const use = tableKeyUse(writer, { key, region, tableName: name, accountId });
      expect(keys.mayUseKey(use)).toEqual({ kind: "allowed" });
    }
  });

  it("lets the logs service encrypt its groups", () => {
    for (const { arn, kms_key_id } of state.logGroups) {
      const use = logGroupKeyUse("write", {
        key: kms_key_id ?? "none",
        region,
        logGroupArn: arn,
        accountId,
        partition,
      });
      expect(keys.mayUseKey(use)).toEqual({ kind: "allowed" });
    }
  });
});
