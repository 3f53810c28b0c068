import { describe, expect, it } from "vitest";
import { spentBudget } from "./error-budget.ts";

describe("the error budget of a load", () => {
  it("lets a stack go on that acks half of what it is sent", () => {
    expect(spentBudget({ sentEvents: 1000, ackedEvents: 500, seconds: 3 })).toBeUndefined();
  });

  it("stops where fewer are acked, and says how many", () => {
    expect(spentBudget({ sentEvents: 1000, ackedEvents: 499, seconds: 3 })).toBe(
      "501 of 1000 events of the last 3 s were not acked",
    );
  });

  it("concludes nothing from a short time or a few events", () => {
    expect(spentBudget({ sentEvents: 1000, ackedEvents: 0, seconds: 2 })).toBeUndefined();
    expect(spentBudget({ sentEvents: 19, ackedEvents: 0, seconds: 60 })).toBeUndefined();
  });
});
