import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logLines } from "./log-line.ts";

const CLOUDWATCH_EVENT_BYTES = 256 * 1024;

describe("a log entry", () => {
  test("is one JSON line", () => {
    expect(logLines({ level: "info", message: "records put", ids: ["a", "b"] })).toEqual([
      '{"level":"info","message":"records put","ids":["a","b"]}',
    ]);
    expect(logLines({ level: "info", message: "test event", ids: [] })).toEqual([
      '{"level":"info","message":"test event","ids":[]}',
    ]);
  });

  test("takes as many lines as CloudWatch's event size asks for, with every id once and in order", () => {
    const id = fc.string({ unit: "binary", minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(id, fc.integer({ min: 1, max: 10_000 }), (start, count) => {
        const ids = Array.from({ length: count }, (_, index) => `${start}-${index}`);
        const lines = logLines({ level: "info", message: "records written", ids });
        for (const line of lines) {
          expect(line).not.toContain("\n");
          expect(Buffer.byteLength(line)).toBeLessThan(CLOUDWATCH_EVENT_BYTES);
        }
        expect(lines.flatMap((line) => JSON.parse(line).ids)).toEqual(ids);
      }),
      { numRuns: 20 },
    );
  });
});
