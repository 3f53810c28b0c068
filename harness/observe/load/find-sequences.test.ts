import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findTags, parseTag } from "../../model/event.ts";
import { createSequenceFinder } from "./find-sequences.ts";

const find = createSequenceFinder("run", "alb");
const bytes = (text: string) => new TextEncoder().encode(text);

describe("the sequences in a record's data", () => {
  it.each<[string, number[]]>([
    ['{"id":"sp-run-alb-12"}', [12]],
    ["sp-run-alb-0", [0]],
    ['["sp-run-alb-1","sp-run-alb-2","sp-run-alb-1"]', [1, 2]],
    ["é sp-run-alb-7 é", [7]],
    ["sp-run-api-1 sp-other-alb-1", []],
    ["sp-run-alb-1-2 xsp-run-alb-3 -sp-run-alb-4 sp-run-alb-5x", []],
    ["sp-run-alb- sp-run-alb-01 sp-run-alb-x", []],
    [`sp-run-alb-${"9".repeat(40)}`, []],
    ["", []],
  ])("of %s", (text, expected) => {
    expect(find(bytes(text))).toEqual(expected);
  });

  it("are found in a part of a larger buffer, and not beyond it", () => {
    const whole = bytes("sp-run-alb-123");
    expect(find(whole.subarray(0, 13))).toEqual([12]);
    expect(find(bytes("xsp-run-alb-5").subarray(1))).toEqual([5]);
  });

  it("are those that a search for tags in the text finds", () => {
    const piece = fc.constantFrom("sp-run-alb-", "sp-run-", "7", "0", "12", "-", " ", '"', "x", "é", "A");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const expected = findTags(text, "run", "alb").map((tag) => parseTag(tag)?.sequence ?? -1);
        expect(find(bytes(text))).toEqual(expected.filter((sequence) => Number.isSafeInteger(sequence)));
      }),
      { numRuns: 2_000 },
    );
  });
});
