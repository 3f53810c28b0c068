import { describe, expect, it } from "vitest";
import { HOP_KINDS, type Hop, hopSchema, kindOf, needsOfLoad } from "./hop.ts";

const place = { partition: "aws", accountId: "111122223333", region: "eu-west-1" };
const TABLE_ARN = "arn:aws:dynamodb:eu-west-1:111122223333:table/items";
/** Of another account: named by its ARN it is that one. */
const FOREIGN_ARN = "arn:aws:kinesis:eu-west-1:999999999999:stream/events";

const stream = (name: string): Hop => ({ kind: "stream", name: "stream", stream: name });
const item = (table: string): Hop => ({ kind: "item", name: "item", table, key: { id: "{tag}" } });

describe("a kind of hop", () => {
  it("has a schema that takes no hop of another kind", () => {
    expect(hopSchema.options.map(({ shape }) => shape.kind.value)).toEqual(Object.keys(HOP_KINDS));
    expect(HOP_KINDS.item.schema.safeParse(item("items")).success).toBe(true);
    expect(HOP_KINDS.item.schema.safeParse(stream("events")).success).toBe(false);
  });

  it("asks for permissions on one resource, whether it is named or given by its ARN", () => {
    for (const table of ["items", TABLE_ARN]) {
      const needs = [...kindOf(item(table)).needs(item(table), place), ...needsOfLoad([item(table)], place)];
      expect(needs).toEqual([
        { action: "dynamodb:BatchGetItem", resources: [TABLE_ARN] },
        { action: "cloudwatch:GetMetricData", resources: ["*"] },
        { action: "dynamodb:BatchWriteItem", resources: [TABLE_ARN] },
        { action: "dynamodb:DescribeTimeToLive", resources: [TABLE_ARN] },
      ]);
    }
    const foreign = stream(FOREIGN_ARN);
    const read = { action: "kinesis:GetRecords", resources: [FOREIGN_ARN] };
    expect(kindOf(foreign).needs(foreign, place)).toContainEqual(read);
  });

  it("that nothing watches under load needs nothing for it", () => {
    const log: Hop = { kind: "log", name: "log", logGroup: "/aws/lambda/ingest" };
    expect(needsOfLoad([log], place)).toEqual([{ action: "cloudwatch:GetMetricData", resources: ["*"] }]);
  });
});
