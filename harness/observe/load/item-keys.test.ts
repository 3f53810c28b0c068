import { describe, expect, it } from "vitest";
import { createItemKeys } from "./item-keys.ts";

const RUN = { runId: "run", producer: "alb" };
const s = (text: string) => ({ S: text });

describe("the keys of a load's items", () => {
  it.each([
    ["the tag alone", { id: "{tag}" }, { id: s("sp-run-alb-12") }],
    ["the tag within a text", { id: "in/{tag}.json" }, { id: s("in/sp-run-alb-12.json") }],
    ["the tag twice", { id: "{tag}/{tag}" }, { id: s("sp-run-alb-12/sp-run-alb-12") }],
    [
      "two attributes, one of them the same for all",
      { kind: "event", id: "e#{tag}" },
      { kind: s("event"), id: s("e#sp-run-alb-12") },
    ],
  ])("are made and known: %s", (_, key, item) => {
    const keys = createItemKeys({ key }, RUN);
    expect(keys.keyOf(12)).toEqual(item);
    expect(keys.sequenceOf({ ...item, other: s("x") })).toBe(12);
  });

  it.each([
    ["another run's", "sp-other-alb-12"],
    ["another producer's", "sp-run-api-12"],
    ["a longer tag", "sp-run-alb-12-3"],
    ["no number", "sp-run-alb-"],
    ["a number written otherwise", "sp-run-alb-012"],
    ["a number beyond all sequences", `sp-run-alb-${"9".repeat(30)}`],
    ["something else", "sp"],
  ])("are not taken for ours: %s", (_, id) => {
    expect(createItemKeys({ key: { id: "{tag}" } }, RUN).sequenceOf({ id: s(id) })).toBeUndefined();
  });

  it("are not taken for ours where another attribute of the key differs", () => {
    const keys = createItemKeys({ key: { id: "{tag}", kind: "event" } }, RUN);
    expect(keys.sequenceOf({ id: s("sp-run-alb-1"), kind: s("order") })).toBeUndefined();
    expect(keys.sequenceOf({ id: s("sp-run-alb-1") })).toBeUndefined();
  });
});
