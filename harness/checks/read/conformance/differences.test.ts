import { describe, expect, it } from "vitest";
import { differencesBetween, fieldsOf, type KnownDifference, outdated, unlisted } from "./differences.ts";

const known: KnownDifference = { path: /› size$/, fault: "moto", why: "it does not count" };

describe("differences between two readings", () => {
  it("are the fields that differ, each by its path and with what either side says", () => {
    const moto = { "bucket a": { name: "a", policy: { rules: 1 } } };
    const twin = { "bucket a": { name: "a", policy: { rules: 2 } } };
    expect(differencesBetween(moto, twin)).toEqual([{ path: "bucket a › policy › rules", moto: 1, twin: 2 }]);
  });

  it("include what only one side has: a setting, a field, an empty list", () => {
    const moto = { "bucket a": { list: [] }, "bucket b": "absent" };
    const twin = { "bucket a": {}, "bucket c": { name: "c" } };
    expect(differencesBetween(moto, twin).map(({ path }) => path)).toEqual([
      "bucket a",
      "bucket a › list",
      "bucket b",
      "bucket c › name",
    ]);
  });

  it("are none where lists hold the same in another order, at any depth", () => {
    const moto = { a: { list: [{ of: ["x", "y"] }, { of: ["z"] }] } };
    const twin = { a: { list: [{ of: ["z"] }, { of: ["y", "x"] }] } };
    expect(differencesBetween(moto, twin)).toEqual([]);
    expect(fieldsOf(moto).size).toBe(3);
  });

  it("are told apart from those that are known", () => {
    const differences = differencesBetween({ a: { size: 1, name: "b" } }, { a: { size: 2, name: "c" } });
    expect(unlisted(differences, [known]).map(({ path }) => path)).toEqual(["a › name"]);
    expect(outdated(differences, [known])).toEqual([]);
  });

  it("show which known one is one no more", () => {
    expect(outdated(differencesBetween({ a: { size: 1 } }, { a: { size: 1 } }), [known])).toEqual([known]);
  });
});
