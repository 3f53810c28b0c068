import type { Clock } from "../../model/ports.ts";

/** How fast one service may be called. */
export interface Pace {
  readonly callsAtOnce: number;
  /** Calls that may start without a pause. */
  readonly burst: number;
  /** After the burst. */
  readonly callsPerSecond: number;
}

/** Keeps the calls to one service within its pace, so that a service that hangs or throttles does not delay the others. */
export interface Lane {
  /** Runs `work` when it is its turn; `ended` if that was not in time. */
  run<T>(work: () => Promise<T>): Promise<{ readonly done: T } | "ended">;
}

/**
 * A token bucket, which is how AWS throttles, with a limit for calls under way. First come, first served.
 *
 * @param ended Aborts when no more work may start.
 */
export function createLane({ callsAtOnce, burst, callsPerSecond }: Pace, clock: Clock, ended: AbortSignal): Lane {
  const spacingMs = 1000 / callsPerSecond;
  const waiting: (() => void)[] = [];
  let running = 0;
  /** When the bucket is full again. */
  let fullAtMs = Number.NEGATIVE_INFINITY;

  const letAllIn = () => {
    for (const enterNow of waiting.splice(0)) enterNow();
  };
  ended.addEventListener("abort", letAllIn, { once: true });

  async function enter(): Promise<void> {
    if (running < callsAtOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Hands the place over to the next in the queue, if any. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  async function takeToken(): Promise<void> {
    const nowMs = clock.nowMs();
    fullAtMs = Math.max(fullAtMs, nowMs) + spacingMs;
    const waitMs = fullAtMs - burst * spacingMs - nowMs;
    if (waitMs > 0) await clock.wait(waitMs, ended);
  }

  return {
    async run(work) {
      if (ended.aborted) return "ended";
      await enter();
      try {
        if (!ended.aborted) await takeToken();
        return ended.aborted ? "ended" : { done: await work() };
      } finally {
        leave();
      }
    },
  };
}
