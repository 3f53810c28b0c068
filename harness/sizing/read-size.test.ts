import { describe, expect, it } from "vitest";
import type { Fact } from "../model/fact.ts";
import { accountOf } from "../model/settings/account.ts";
import type { AnySetting } from "../model/settings/setting.ts";
import { lastingRate } from "./lasting-rate.ts";
import { readSize } from "./read-size.ts";

const PLACE = { partition: "aws", accountId: "123456789012", region: "us-east-1" };

const read = (subject: string, setting: AnySetting): Fact => ({ fact: "setting", atMs: 0, subject, setting });

const facts: readonly Fact[] = [
  read("events", {
    kind: "stream",
    name: "events",
    arn: "arn:aws:kinesis:us-east-1:123456789012:stream/events",
    status: "ACTIVE",
    mode: "PROVISIONED",
    openShards: 3,
    keyArn: "",
  }),
  read("sink", {
    kind: "table",
    name: "sink",
    arn: "arn:aws:dynamodb:us-east-1:123456789012:table/sink",
    status: "ACTIVE",
    billingMode: "PROVISIONED",
    readCapacity: 5,
    writeCapacity: 40,
    keySchema: [],
    keyArn: "",
    pointInTimeRecovery: true,
  }),
  read("sink", {
    kind: "scaling",
    tableName: "sink",
    targets: [{ dimension: "dynamodb:table:WriteCapacityUnits", minimum: 40, maximum: 400, suspended: false }],
    policies: [],
  }),
  read("consumer", {
    kind: "event-source-mappings",
    functionName: "consumer",
    mappings: [
      {
        uuid: "1",
        eventSourceArn: "arn:aws:kinesis:us-east-1:123456789012:stream/events",
        state: "Enabled",
        stateReason: "",
        lastProcessingResult: "",
        batchSize: 50,
        parallelizationFactor: 4,
        filterPatterns: [],
        maximumRetryAttempts: 10,
        reportsBatchItemFailures: true,
      },
    ],
  }),
  read("a1/live", {
    kind: "api-stage",
    apiId: "a1",
    name: "live",
    deploymentId: "d",
    accessLogDestinationArn: "",
    accessLogFormat: "",
    throttles: [
      { method: "*/*", requestsPerSecond: 100, burst: 50 },
      { method: "~1process/POST", requestsPerSecond: 20, burst: 10 },
    ],
  }),
  {
    fact: "setting-unread",
    atMs: 0,
    kind: "function",
    subject: "entry",
    error: { code: "AccessDenied", message: "no", operation: "" },
  },
];

describe("the size of a stack", () => {
  const roles = {
    stream: "events",
    table: "arn:aws:dynamodb:us-east-1:123456789012:table/sink",
    consumerFunction: "consumer",
    entryFunction: "entry",
  };

  it("is what its settings say", () => {
    expect(readSize(accountOf(facts, PLACE), roles, PLACE)).toMatchObject({
      stream: { openShards: 3, isOnDemand: false },
      table: { writeCapacity: 40, writeScaling: { min: 40, max: 400 }, readScaling: null },
      mapping: { batchSize: 50, parallelization: 4 },
      api: null,
    });
  });

  it("is not that of a resource of the same name in another account or region", () => {
    const foreign = "arn:aws:kinesis:us-east-1:999999999999:stream/events";
    const inForeign = readSize(accountOf(facts, PLACE), { ...roles, stream: foreign }, PLACE);
    expect(inForeign).toMatchObject({ stream: null, mapping: null });
    expect(inForeign.unread).toContainEqual({ part: `stream ${foreign}`, reason: "it was not read" });
    const elsewhere = "arn:aws:dynamodb:eu-west-1:123456789012:table/sink";
    expect(readSize(accountOf(facts, PLACE), { ...roles, table: elsewhere }, PLACE).table).toBeNull();
  });

  it("names what was not read, and why", () => {
    expect(readSize(accountOf(facts, PLACE), roles, PLACE).unread).toEqual([
      { part: "function entry", reason: "AccessDenied: no" },
      { part: "function consumer", reason: "it was not read" },
    ]);
  });

  it("takes a method's own throttling before the stage's", () => {
    const api = { api: "a1", apiStage: "live" };
    expect(readSize(accountOf(facts, PLACE), { ...api, apiRoute: "POST /process" }, PLACE).api).toMatchObject({
      requestsPerSecond: 20,
      burst: 10,
    });
    expect(readSize(accountOf(facts, PLACE), { ...api, apiRoute: "POST /other" }, PLACE).api).toMatchObject({
      requestsPerSecond: 100,
    });
  });

  it("bounds what can last by the table's units", () => {
    const size = readSize(accountOf(facts, PLACE), roles, PLACE);
    expect(lastingRate(size, null)).toBe(40);
    expect(lastingRate(size, 2_000)).toBe(20);
    expect(lastingRate({ ...size, table: null }, null)).toBeNull();
  });
});
