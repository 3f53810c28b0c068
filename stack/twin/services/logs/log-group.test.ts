import { expect, test } from "vitest";
import { LogGroup } from "./log-group.ts";

test("a group that is full drops its oldest events and counts them", () => {
  const group = new LogGroup({
    name: "g",
    arn: "arn",
    kmsKeyId: undefined,
    retentionInDays: 0,
    logGroupClass: "STANDARD",
    tags: {},
    createdAtMs: 0,
  });
  const message = "x".repeat(1024 * 1024);
  for (let sequence = 1; sequence <= 60; sequence += 1) {
    group.append({ sequence, timestampMs: sequence, message, streamName: "s", ingestedAtMs: 0, visibleAtMs: 0 });
  }
  const kept = [...group.after({ timestampMs: 0, sequence: 0 })].map(({ sequence }) => sequence);
  expect(kept.at(-1)).toBe(60);
  expect(kept.length + group.droppedForMemory).toBe(60);
  expect(group.sizeBytes).toBeLessThanOrEqual(48 * 1024 * 1024);
});
