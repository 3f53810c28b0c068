import { expect, test } from "vitest";
import { allowEveryKey, allowEverything } from "../authorization/testing/allow-everything.ts";
import { DEFAULT_ASYNCHRONOUS_CONFIG, type FunctionConfig } from "./function-config.ts";
import { startRefusal } from "./start-refusal.ts";

const config: FunctionConfig = {
  functionName: "orders",
  arn: "arn:aws:lambda:eu-west-1:111122223333:function:orders",
  handler: "index.handler",
  runtime: "nodejs20.x",
  timeoutSeconds: 3,
  memoryMiB: 128,
  environment: { TABLE_NAME: "orders" },
  roleArn: "arn:aws:iam::111122223333:role/orders",
  kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
  zipPath: undefined,
  reservedConcurrency: undefined,
  logGroupName: "/aws/lambda/orders",
  asynchronous: DEFAULT_ASYNCHRONOUS_CONFIG,
};
const ports = { authorizer: allowEverything, keys: allowEveryKey };
const refused = { status: 502, code: "KMSAccessDeniedException", message: "Lambda was unable to decrypt" };
const keys = { ...allowEveryKey, ofFunction: () => refused };

test("a function starts where Lambda may assume its role and its key serves it", () => {
  expect(startRefusal(config, ports)).toBeUndefined();
});

test("a function whose role Lambda may not assume does not start", () => {
  const authorizer = {
    decide: ({ action }: { action: string }) =>
      action === "sts:AssumeRole" ? ({ allowed: false, reason: "no" } as const) : ({ allowed: true } as const),
  };
  expect(startRefusal(config, { ...ports, authorizer })).toEqual({
    kind: "denied",
    reason: "The role defined for the function cannot be assumed by Lambda.",
  });
});

test("a function whose variables cannot be decrypted does not start, one without variables or without a key does", () => {
  const refusal = { kind: "failed", errorType: refused.code, errorMessage: refused.message };
  expect(startRefusal(config, { ...ports, keys })).toMatchObject(refusal);
  expect(startRefusal({ ...config, environment: {} }, { ...ports, keys })).toBeUndefined();
  expect(startRefusal({ ...config, kmsKeyArn: undefined }, { ...ports, keys })).toBeUndefined();
});
