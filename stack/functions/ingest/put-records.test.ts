import { expect, test } from "vitest";
import { fakeInvocation } from "../shared/testing/fake-invocation.ts";
import { putEvents } from "./put-records.ts";

test("events that are more than one call takes go out in several, each within 500 records and 5 MiB with keys", async () => {
  const events = Array.from({ length: 600 }, (_, index) => {
    const id = `event-${index}`;
    return { id, json: JSON.stringify({ id, text: "x".repeat(index < 40 ? 300_000 : 10) }) };
  });
  const calls: { count: number; sizeBytes: number }[] = [];
  const { outcomes } = await putEvents(
    {
      ...fakeInvocation().ports,
      streamName: "events",
      timeLeftMs: () => 10_000,
      putRecords: async ({ Records = [] }) => {
        const sizes = Records.map(({ Data, PartitionKey }) => (Data?.length ?? 0) + (PartitionKey?.length ?? 0));
        calls.push({ count: Records.length, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) });
        return { Records: Records.map(({ PartitionKey }) => ({ ShardId: "s", SequenceNumber: `at ${PartitionKey}` })) };
      },
    },
    events,
  );
  expect(outcomes).toEqual(
    events.map(({ id }) => ({ kind: "accepted", value: { shardId: "s", sequenceNumber: `at ${id}` } })),
  );
  expect(calls.map(({ count }) => count)).toEqual([17, 17, 500, 66]);
  for (const { sizeBytes } of calls) expect(sizeBytes).toBeLessThanOrEqual(5 * 1024 * 1024);
});
