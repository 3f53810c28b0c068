import { expect, it } from "vitest";
import { loadNeeds } from "./permissions.ts";

const place = { partition: "aws", accountId: "111122223333", region: "eu-west-1" };

it("watching a load needs its stream, its table and the metrics, and nothing else", () => {
  const hops = [
    { kind: "entry", name: "entry" },
    { kind: "stream", name: "stream", stream: "events" },
    { kind: "item", name: "item", table: "items", key: { id: "{tag}" } },
  ] as const;
  expect(loadNeeds(hops, place)).toEqual([
    { action: "cloudwatch:GetMetricData", resources: ["*"] },
    { action: "kinesis:GetRecords", resources: ["arn:aws:kinesis:eu-west-1:111122223333:stream/events"] },
    { action: "kinesis:GetShardIterator", resources: ["arn:aws:kinesis:eu-west-1:111122223333:stream/events"] },
    { action: "kinesis:ListShards", resources: ["arn:aws:kinesis:eu-west-1:111122223333:stream/events"] },
    { action: "dynamodb:BatchGetItem", resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/items"] },
    { action: "dynamodb:BatchWriteItem", resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/items"] },
    { action: "dynamodb:DescribeTimeToLive", resources: ["arn:aws:dynamodb:eu-west-1:111122223333:table/items"] },
  ]);
});

it("a stream and a table that are hops by their ARNs are those, in whichever account they are", () => {
  const stream = "arn:aws:kinesis:eu-west-1:999999999999:stream/events";
  const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/items";
  const needs = loadNeeds(
    [
      { kind: "stream", name: "stream", stream },
      { kind: "item", name: "item", table, key: { id: "{tag}" } },
    ],
    place,
  );
  expect(needs.flatMap(({ resources }) => resources)).toEqual(["*", stream, stream, stream, table, table, table]);
});

it("a load without a stream needs none, and two hops of one table need it once", () => {
  const item = { kind: "item", table: "items", key: { id: "{tag}" } } as const;
  const needs = loadNeeds(
    [
      { ...item, name: "one" },
      { ...item, name: "other" },
    ],
    place,
  );
  expect(needs.map(({ action }) => action)).not.toContain("kinesis:GetRecords");
  expect(needs.at(-1)?.resources).toHaveLength(1);
});
