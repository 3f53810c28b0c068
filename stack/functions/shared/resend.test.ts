import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_ATTEMPTS, type Outcome, type Sending, sendAndResend } from "./resend.ts";
import { splitBatches } from "./split-batches.ts";
import { fakeInvocation, sdkError } from "./testing/fake-invocation.ts";

interface Entry {
  readonly name: number;
  /** How many calls reject this entry before one accepts it. */
  readonly rejections: number;
}

const SLOW_DOWN = { errorCode: "ProvisionedThroughputExceededException", errorMessage: "slow down" };

function service(entries: readonly Entry[], options: { batchSize: number; timeoutMs?: number }) {
  const invocation = fakeInvocation(options.timeoutMs);
  const calls: Entry[][] = [];
  const attempts = new Map<number, number>();
  const answer = (entry: Entry): Outcome<string> => {
    const attempt = (attempts.get(entry.name) ?? 0) + 1;
    attempts.set(entry.name, attempt);
    return attempt > entry.rejections
      ? { kind: "accepted", value: `place of ${entry.name}` }
      : { kind: "rejected", failure: SLOW_DOWN };
  };
  const sending: Sending<Entry, string> = {
    ...invocation.ports,
    entries,
    split: (pending) => splitBatches(pending, () => 1, { maxEntries: options.batchSize, maxSizeBytes: 1_000 }),
    sendOnce: async (batch) => {
      calls.push([...batch]);
      return batch.map(answer);
    },
    timeLeftMs: () => invocation.context.getRemainingTimeInMillis(),
  };
  return { sending, calls, attempts, invocation };
}

const manyEntries = fc
  .array(fc.integer({ min: 0, max: MAX_ATTEMPTS + 2 }), { maxLength: 40 })
  .map((rejections) => rejections.map((count, name): Entry => ({ name, rejections: count })));

describe("sending and resending", () => {
  test("gives every entry exactly one outcome, in order, and calls for none that was accepted", async () => {
    await fc.assert(
      fc.asyncProperty(manyEntries, fc.integer({ min: 1, max: 7 }), async (entries, batchSize) => {
        const { sending, calls, attempts } = service(entries, { batchSize, timeoutMs: 1_000_000 });
        const { outcomes, ending } = await sendAndResend(sending);
        expect(ending).toEqual({ kind: "finished" });
        expect(outcomes).toEqual(
          entries.map(({ name, rejections }) =>
            rejections < MAX_ATTEMPTS
              ? { kind: "accepted", value: `place of ${name}` }
              : { kind: "rejected", failure: SLOW_DOWN },
          ),
        );
        for (const { name, rejections } of entries) {
          expect(attempts.get(name)).toBe(Math.min(rejections + 1, MAX_ATTEMPTS));
        }
        for (const call of calls) expect(call.length).toBeLessThanOrEqual(batchSize);
      }),
    );
  });

  test("waits longer before each resend, and not at all when nothing is left to send", async () => {
    const { sending, invocation } = service([{ name: 0, rejections: 3 }], { batchSize: 5 });
    await sendAndResend(sending);
    expect(invocation.sleptMs).toEqual([25, 50, 100]);
  });

  test("stops when a wait would outlast the invocation, and keeps the service's own reason", async () => {
    const { sending, calls, invocation } = service([{ name: 0, rejections: 99 }], { batchSize: 5, timeoutMs: 80 });
    const { outcomes } = await sendAndResend(sending);
    expect(invocation.sleptMs).toEqual([25, 50]);
    expect(calls).toHaveLength(3);
    expect(outcomes).toEqual([{ kind: "rejected", failure: SLOW_DOWN }]);
  });

  test("sends nothing when no time is left, and says so", async () => {
    const { sending, calls } = service([{ name: 0, rejections: 0 }], { batchSize: 5, timeoutMs: 0 });
    const { outcomes } = await sendAndResend(sending);
    expect(calls).toEqual([]);
    expect(outcomes[0]).toMatchObject({ kind: "rejected", failure: { errorCode: "TimeBudgetExhausted" } });
  });

  test("sends nothing after a call that failed as a whole; what was accepted before stays accepted", async () => {
    const entries = [0, 1, 2, 3, 4].map((name) => ({ name, rejections: name === 0 ? 1 : 0 }));
    const { sending, calls } = service(entries, { batchSize: 2 });
    const failing: typeof sending = {
      ...sending,
      sendOnce: async (batch, timeoutMs) => {
        const answers = await sending.sendOnce(batch, timeoutMs);
        if (batch.some(({ name }) => name === 2)) throw sdkError("AccessDeniedException", "not authorized");
        return answers;
      },
    };
    const failure = { errorCode: "AccessDeniedException", errorMessage: "not authorized" };
    const { outcomes, ending } = await sendAndResend(failing);
    expect(ending).toEqual({ kind: "call-failed", failure });
    expect(calls).toHaveLength(2);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["rejected", "accepted", "rejected", "rejected", "rejected"]);
    expect(outcomes[4]).toEqual({ kind: "rejected", failure });
  });

  test("takes an entry that the answer leaves out as rejected", async () => {
    const { sending } = service([{ name: 0, rejections: 0 }], { batchSize: 5 });
    const { outcomes } = await sendAndResend({ ...sending, sendOnce: async () => [] });
    expect(outcomes[0]).toMatchObject({ kind: "rejected", failure: { errorCode: "IncompleteAnswer" } });
  });
});
