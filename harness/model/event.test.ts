import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRunId, findTags, formatTag, parseTag } from "./event.ts";

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const identity = fc.record({ runId: word, producer: word, sequence: fc.nat() });

describe("tags", () => {
  it("are parsed to what they were formatted from", () => {
    fc.assert(
      fc.property(identity, (event) => {
        expect(parseTag(formatTag(event))).toEqual(event);
      }),
    );
  });

  it("are found in any text that holds them, once each", () => {
    const around = fc.string().filter((text) => !text.includes("sp-"));
    fc.assert(
      fc.property(identity, around, around, (event, before, after) => {
        const tag = formatTag(event);
        const text = `${before} "${tag}" ${after} [${tag}] ${before}`;
        expect(findTags(text, event.runId, event.producer)).toEqual([tag]);
      }),
    );
  });

  it("of other runs, other producers and longer words are not found", () => {
    const text = "sp-r1-alb-1 sp-r2-alb-2 sp-r1-api-3 sp-r1-alb-4x xsp-r1-alb-5 sp-r1-alb-06";
    expect(findTags(text, "r1", "alb")).toEqual(["sp-r1-alb-1"]);
  });

  it.each(["", "sp-r-p", "sp-r-p-01", "sp-R-p-1", "sp-r-p-1-2", "sp--p-1", "sp-r-p--1"])(
    "do not look like %j",
    (text) => {
      expect(parseTag(text)).toBeUndefined();
    },
  );

  it("take run ids that sort by time", () => {
    const earlier = createRunId(Date.UTC(2026, 0, 2, 3, 4, 5), () => 0.999);
    const later = createRunId(Date.UTC(2026, 0, 2, 3, 4, 6), () => 0);
    expect(earlier).toBe("20260102t030405xffbe76");
    expect(earlier < later).toBe(true);
    expect(parseTag(formatTag({ runId: earlier, producer: "p", sequence: 1 }))?.runId).toBe(earlier);
  });
});
