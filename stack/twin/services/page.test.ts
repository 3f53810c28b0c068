import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageOf } from "./page.ts";

describe("a list read page by page", () => {
  it("comes whole and in order, whatever the size of a page", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (list, size) => {
        const read: number[] = [];
        let token: string | undefined;
        do {
          const page = pageOf(list, token, size);
          expect(page?.items.length).toBeLessThanOrEqual(size);
          read.push(...(page?.items ?? []));
          token = page?.next;
        } while (token !== undefined);
        expect(read).toEqual(list);
      }),
    );
  });

  it("has no next page after its last item", () => {
    expect(pageOf([1, 2], undefined, 2)?.next).toBeUndefined();
  });

  it.each(["", "2", "dHdpbjo5OTk", "dHdpbjotMQ"])("refuses the token %j, which it never gave", (token) => {
    expect(pageOf([1, 2], token, 1)).toBeUndefined();
  });
});
