import { expect, it } from "vitest";
import { History } from "../model/testing/history.ts";
import { judge } from "./judge.ts";

/** No clock: that it grows linearly shows in that this ends at all; a scan within a scan would be 10^9 steps. */
it("judges 30,000 events, a tenth of them lost and each hundredth duplicated", { timeout: 30_000 }, () => {
  const history = new History();
  for (let sequence = 0; sequence < 30_000; sequence++) {
    if (sequence % 10 === 0) history.passUpTo(sequence, "stream");
    else history.pass(sequence);
    if (sequence % 100 === 1) history.see(sequence, "stream", "again");
  }
  // One event that is sighted more often than there are events must not cost their square either.
  for (let again = 0; again < 30_000; again++) history.see(1, "processor-log", `again ${again}`);
  const { events, verdict } = judge(history.finish());
  expect(verdict).toBe("fail");
  expect(events).toMatchObject({ intended: 30_000, arrived: 27_000, lost: 3_000, duplicated: 300 });
});
