import type { LimitRule } from "../limit-rule.ts";
import { atRate, sinceStart, spanOf } from "../phase-span.ts";

/**
 * API Gateway has no metric for what it throttles: the answer 429 says it (a function's own refusal is a 5xx there).
 * docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export const apiThrottle: LimitRule = {
  limit: "api-throttle",
  movement({ size, answers, scenario }, phase) {
    if (size.api === null || scenario.entry.kind !== "http" || scenario.entry.via !== "api-gateway")
      return { kind: "not-there" };
    const { fromMs, untilMs } = spanOf(phase);
    const during = answers.filter(({ second }) => second * 1000 + 1000 > fromMs && second * 1000 < untilMs);
    if (during.length === 0) return { kind: "unknown", reason: `no answer came in the step ${atRate(phase)}` };
    const throttled = during.filter(({ answer, requests }) => answer === "429" && requests > 0);
    if (throttled.length === 0) return { kind: "still" };
    const firstAtMs = Math.min(...throttled.map(({ second }) => second * 1000));
    const requests = throttled.reduce((sum, one) => sum + one.requests, 0);
    const setting =
      size.api.requestsPerSecond === null
        ? "its stage sets no throttling that was read: the account's may bind"
        : `its stage allows ${size.api.requestsPerSecond} requests/s with a burst of ${size.api.burst ?? "the account's"}`;
    return {
      kind: "moved",
      firstAtMs,
      withinMs: 1000,
      subject: `API ${size.api.name}`,
      evidence: [
        `${requests} requests were answered 429 ${atRate(phase)}, first ${sinceStart(firstAtMs, phase)}`,
        setting,
      ],
      weight: 2,
    };
  },
  explains: [],
};
