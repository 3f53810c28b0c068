import { describe, expect, test } from "vitest";
import { readFaultFile } from "./fault-file.ts";

const read = (value: unknown) =>
  readFaultFile(typeof value === "string" ? value : JSON.stringify(value), "faults.json");
const withFault = (fault: Record<string, unknown>) =>
  read({
    seed: 1,
    faults: [
      { hop: "stream", kind: "drop", rate: 0.5 },
      { hop: "stream", kind: "drop", rate: 1, ...fault },
    ],
  });

test("a fault has a hop, a kind and a rate; everything else has a default", () => {
  expect(read({ seed: 7, faults: [{ hop: "stream:orders", kind: "drop", rate: 0.01 }] })).toEqual({
    kind: "ok",
    value: {
      seed: 7,
      faults: [
        {
          hop: "stream:orders",
          kind: "drop",
          chosenBy: { kind: "rate", rate: 0.01 },
          contains: undefined,
          delayMs: [0, 0],
          code: undefined,
          firstMs: 0,
          lastMs: Number.POSITIVE_INFINITY,
          count: Number.POSITIVE_INFINITY,
        },
      ],
    },
  });
});

test("a delay is a number of milliseconds or a range of them, and reordering has one of its own", () => {
  const delayOf = (fault: Record<string, unknown>) => {
    const result = withFault(fault);
    return result.kind === "ok" ? result.value.faults[1]?.delayMs : result.error;
  };
  expect(delayOf({ kind: "delay", delayMs: 20 })).toEqual([20, 20]);
  expect(delayOf({ kind: "delay", delayMs: [5, 20] })).toEqual([5, 20]);
  expect(delayOf({ hop: "mapping", kind: "reorder" })).toEqual([0, 1000]);
  expect(delayOf({ hop: "mapping", kind: "reorder", delayMs: 300 })).toEqual([0, 300]);
  expect(delayOf({ kind: "reorder" })).toEqual([500, 5000]);
  expect(delayOf({ kind: "reorder", delayMs: 300 })).toEqual([150, 300]);
  expect(delayOf({ kind: "reorder", delayMs: [100, 300] })).toEqual([100, 300]);
});

describe("a file that is wrong is refused with file, field and remedy", () => {
  test.each([
    ["no JSON", "{", "faults.not-json", "faults.json"],
    ["no seed", { faults: [{ hop: "stream", kind: "drop", rate: 1 }] }, "faults.invalid", "faults.json, seed"],
    ["no faults", { seed: 1, faults: [] }, "faults.invalid", "faults.json, faults"],
    [
      "an unknown field",
      { seed: 1, faults: [{ hop: "alb", kind: "drop", rat: 1 }] },
      "faults.invalid",
      "faults.json, faults[0].rat",
    ],
    [
      "a rate above 1",
      { seed: 1, faults: [{ hop: "alb", kind: "drop", rate: 2 }] },
      "faults.invalid",
      "faults.json, faults[0].rate",
    ],
  ])("%s", (_what, value, code, place) => {
    expect(read(value)).toMatchObject({
      kind: "error",
      error: { code, place, remedy: expect.stringContaining('"hop"') },
    });
  });

  test.each([
    ["a hop that there is not", { hop: "queue" }, "faults[1].hop", "s3-notification (or s3-notification:<bucket>)"],
    ["a hop with an empty name", { hop: "stream:" }, "faults[1].hop", "stream"],
    ["a name where a hop has none", { hop: "alb:main" }, "faults[1].hop", "alb"],
    ["a kind that the hop cannot do", { hop: "logs", kind: "error" }, "faults[1].kind", "missing, late, duplicate"],
    ["both rate and every", { every: 2 }, "faults[1].rate", "each nth event"],
    ["a delay without its length", { kind: "delay" }, "faults[1].delayMs", "[least, most]"],
    ["a delay upside down", { kind: "delay", delayMs: [9, 1] }, "faults[1].delayMs", "[least, most]"],
    ["an end before the beginning", { firstMs: 9, lastMs: 1 }, "faults[1].lastMs", "firstMs"],
  ])("%s", (_what, fault, field, remedy) => {
    expect(withFault(fault)).toMatchObject({
      kind: "error",
      error: { code: "faults.invalid", place: `faults.json, ${field}`, remedy: expect.stringContaining(remedy) },
    });
  });

  test("neither rate nor every", () => {
    const result = read({ seed: 1, faults: [{ hop: "stream", kind: "drop" }] });
    expect(result).toMatchObject({ error: { place: "faults.json, faults[0].rate" } });
  });
});
