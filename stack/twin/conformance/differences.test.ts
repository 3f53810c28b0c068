import { describe, expect, it } from "vitest";
import { differencesBetween, fieldCount, judged, type KnownDifference } from "./differences.ts";

describe("differences between two sets of answers", () => {
  it("are none between equal ones, however members and lists are ordered", () => {
    const one = { role: { actions: ["a", "b"], name: "x" }, tags: [{ k: 1 }, { k: 2 }] };
    const other = { tags: [{ k: 2 }, { k: 1 }], role: { name: "x", actions: ["b", "a"] } };
    expect(differencesBetween(one, other)).toEqual([]);
  });

  it("name the path and both values of each field that differs", () => {
    expect(differencesBetween({ lb: { scheme: "internal" } }, { lb: { scheme: "internet-facing" } })).toEqual([
      { path: "lb › scheme", expected: "internal", actual: "internet-facing" },
    ]);
  });

  it("tell an absent field and an empty one from a value", () => {
    expect(differencesBetween({ a: { key: "k" }, b: [] }, { a: {}, b: ["x"] })).toEqual([
      { path: "a", expected: undefined, actual: "(empty)" },
      { path: "a › key", expected: "k", actual: undefined },
      { path: "b", expected: "(empty list)", actual: undefined },
      { path: "b › 0", expected: undefined, actual: "x" },
    ]);
  });

  it("are counted against the fields there are", () => {
    expect(fieldCount({ a: { b: 1, c: [1, 2] } })).toBe(3);
    expect(fieldCount({})).toBe(1);
  });
});

describe("known differences", () => {
  const known: KnownDifference[] = [{ path: /› zone$/, fault: "moto", why: "it knows no zones" }];

  it("explain what they match and nothing else", () => {
    const differences = differencesBetween({ lb: { zone: 1, port: 80 } }, { lb: { zone: 2, port: 81 } });
    expect(judged(differences, known).unexplained).toEqual([{ path: "lb › port", expected: 80, actual: 81 }]);
  });

  it("that no longer occur are told, so that the list stays short", () => {
    expect(judged([], known).outdated).toEqual(known);
  });
});
