import { describe, expect, it } from "vitest";
import { sideBySide } from "./side-by-side.ts";

describe("sideBySide", () => {
  it("never has more under way than it may, and does everything", async () => {
    const inTurn = sideBySide(2);
    let underWay = 0;
    let most = 0;
    const done = await Promise.all(
      [1, 2, 3, 4, 5].map((each) =>
        inTurn(async () => {
          underWay += 1;
          most = Math.max(most, underWay);
          await Promise.resolve();
          underWay -= 1;
          return each;
        }),
      ),
    );
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it("goes on after work that failed", async () => {
    const inTurn = sideBySide(1);
    const failed = inTurn(() => Promise.reject(new Error("no")));
    await expect(failed).rejects.toThrow("no");
    await expect(inTurn(async () => "yes")).resolves.toBe("yes");
  });
});
