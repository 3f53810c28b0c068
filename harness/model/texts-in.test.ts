import { expect, it } from "vitest";
import { textsIn } from "./texts-in.ts";

it("finds every text of a JSON value in its order, and no name of a field, number or null", () => {
  expect(textsIn({ one: "a", list: ["b", 1, null, { deep: ["c"] }], other: true, last: "d" })).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
  expect(textsIn("alone")).toEqual(["alone"]);
  expect(textsIn(undefined)).toEqual([]);
});

it("takes a value that is nested more deeply than a call stack reaches", () => {
  let nested: unknown = "deep";
  for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
  expect(textsIn(nested)).toEqual(["deep"]);
});
