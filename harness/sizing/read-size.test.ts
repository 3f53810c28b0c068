import { describe, expect, it } from "vitest";
import { ARNS, contextOf, healthyAccount, NAMES, PLACE } from "../checks/testing/healthy-account.ts";
import { stageSubject } from "../model/settings/subject.ts";
import { lastingRate } from "./lasting-rate.ts";
import { readSize } from "./read-size.ts";

const STAGE = stageSubject(NAMES.api, NAMES.apiStage);
const ACCOUNT = healthyAccount()
  .change("stream", NAMES.stream, () => ({ openShards: 3 }))
  .change("table", NAMES.eventsTable, () => ({ writeCapacity: 40 }))
  .change("scaling", NAMES.eventsTable, () => ({
    targets: [{ dimension: "dynamodb:table:WriteCapacityUnits", minimum: 40, maximum: 400, suspended: false }],
  }))
  .change("event-source-mappings", NAMES.processor, ({ mappings }) => ({
    mappings: mappings.map((mapping) => ({ ...mapping, batchSize: 50, parallelizationFactor: 4 })),
  }))
  .change("api-stage", STAGE, () => ({
    throttles: [
      { method: "*/*", requestsPerSecond: 100, burst: 50 },
      { method: "~1process/POST", requestsPerSecond: 20, burst: 10 },
    ],
  }))
  .unread("function", NAMES.ingest, "lambda:GetFunctionConfiguration")
  .notAsked("function", NAMES.processor)
  .build();

describe("the size of a stack", () => {
  const { roles } = contextOf("alb", { table: ARNS.eventsTable });

  it("is what its settings say", () => {
    expect(readSize(ACCOUNT, roles, PLACE)).toMatchObject({
      stream: { openShards: 3, isOnDemand: false },
      table: { writeCapacity: 40, writeScaling: { min: 40, max: 400 }, readScaling: null },
      mapping: { batchSize: 50, parallelization: 4 },
      api: null,
    });
  });

  it("is not that of a resource of the same name in another account or region", () => {
    const foreign = ARNS.stream.replace(PLACE.accountId, "999999999999");
    const inForeign = readSize(ACCOUNT, { ...roles, stream: foreign }, PLACE);
    expect(inForeign).toMatchObject({ stream: null, mapping: null });
    expect(inForeign.unread).toContainEqual({ part: `stream ${foreign}`, reason: "it was not read" });
    const elsewhere = ARNS.eventsTable.replace(PLACE.region, "eu-west-1");
    expect(readSize(ACCOUNT, { ...roles, table: elsewhere }, PLACE).table).toBeNull();
  });

  it("names what was not read, and why", () => {
    expect(readSize(ACCOUNT, roles, PLACE).unread).toEqual([
      { part: `function ${NAMES.ingest}`, reason: expect.stringMatching(/^AccessDeniedException: not authorized/) },
      { part: `function ${NAMES.processor}`, reason: "it was not read" },
    ]);
  });

  it("takes a method's own throttling before the stage's", () => {
    const sizeOf = (apiRoute: string) => readSize(ACCOUNT, contextOf("api", { apiRoute }).roles, PLACE).api;
    expect(sizeOf("POST /process")).toMatchObject({ requestsPerSecond: 20, burst: 10 });
    expect(sizeOf("POST /other")).toMatchObject({ requestsPerSecond: 100 });
  });

  it("bounds what can last by the table's units", () => {
    const size = readSize(ACCOUNT, roles, PLACE);
    expect(lastingRate(size, null)).toBe(40);
    expect(lastingRate(size, 2_000)).toBe(20);
    expect(lastingRate({ ...size, table: null }, null)).toBeNull();
  });
});
