import type { LimitRule } from "../limit-rule.ts";
import { atRate } from "../phase-span.ts";

const LATE_MS = 100;
const UNSENT_RATIO = 0.005;

/** The sender itself was late or could not send: it holds the run back, where nothing of the stack does. */
export const sender: LimitRule = {
  limit: "sender",
  movement(_evidence, phase) {
    const { plan, unsentEvents, sentEventsPerSecond, sendDelayP99Ms } = phase;
    const planned = unsentEvents + sentEventsPerSecond * (plan.durationMs / 1000);
    const isShort = unsentEvents > planned * UNSENT_RATIO;
    if (!isShort && sendDelayP99Ms === null)
      return { kind: "unknown", reason: `no send delay was measured ${atRate(phase)}` };
    if (!isShort && (sendDelayP99Ms ?? 0) <= LATE_MS) return { kind: "still" };
    return {
      kind: "moved",
      firstAtMs: plan.startMs,
      withinMs: plan.durationMs,
      subject: "this machine",
      evidence: [
        `99% of the requests left at most ${Math.round(sendDelayP99Ms ?? 0)} ms late ${atRate(phase)}`,
        `${unsentEvents} planned events could not be sent`,
      ],
      weight: 1,
    };
  },
  explains: [],
};
