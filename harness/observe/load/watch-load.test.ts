import { expect, it } from "vitest";
import { ReadFailed } from "../read-error.ts";
import { createTools, RUN, START_MS } from "../testing/tools.ts";
import { SettledQueue } from "./awaited-load.ts";
import { type LoadWatch, watchLoad } from "./watch-load.ts";

const FAILURE = new ReadFailed({ error: { code: "Busy", message: "busy", operation: "x:Y" }, nature: "transient" });

/** Watches a load that is sent for 5 s and waited for 10 s longer. */
async function watch(how: Partial<LoadWatch>) {
  const awaited = new SettledQueue();
  const { tools, clock, journal } = createTools(() => ({}));
  const calls: string[] = [];
  const watching = watchLoad(
    { ...RUN, hop: { name: "stream" }, awaited, deadlineMs: () => clock.nowMs() + 10_000 },
    tools,
    {
      operation: "x:Y",
      backoff: { firstMs: 1_000, factor: 1, longestMs: 1_000 },
      lastLookMs: 1_000,
      look: async () => {},
      sendingEnded: (atMs) => calls.push(`sending ended at ${atMs - START_MS}`),
      isDone: () => false,
      end: () => calls.push("end"),
      ...how,
    },
  );
  await clock.wait(5_000, tools.signal);
  awaited.end();
  await watching;
  return { calls, ending: journal.of("wait-ended")[0]?.ending, endedMs: clock.nowMs() - START_MS };
}

it("watches while events are sent, and then until the deadline", async () => {
  const { calls, ending, endedMs } = await watch({});
  expect(calls).toEqual(["sending ended at 5000", "end"]);
  expect(ending).toEqual({ kind: "deadline", lastError: null });
  expect(endedMs).toBe(15_000);
});

it("ends as soon as it is done after sending, and not before", async () => {
  const { ending, endedMs } = await watch({ isDone: () => true });
  expect(ending).toEqual({ kind: "satisfied" });
  expect(endedMs).toBe(5_000);
});

it("ends at the deadline where every look fails, while sending and afterwards", async () => {
  const { ending, endedMs } = await watch({ look: async () => Promise.reject(FAILURE) });
  expect(ending).toEqual({ kind: "deadline", lastError: FAILURE.failure.error });
  expect(endedMs).toBe(15_000);
});

it("ends at once where a read is refused while events are sent", async () => {
  const refused = new ReadFailed({ ...FAILURE.failure, nature: "definite" });
  const { calls, ending } = await watch({ look: async () => Promise.reject(refused) });
  expect(calls).toEqual(["end"]);
  expect(ending).toMatchObject({ kind: "refused" });
});
