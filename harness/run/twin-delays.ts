/**
 * How late the twin shows metrics and logs, and how long a run that booted it waits for anything at the most.
 * AWS/Kinesis metrics come per minute, 1 to 3 minutes later; there only the scenarios' own deadlines hold.
 */
export const TWIN_DELAYS = {
  quick: { delays: { metricPeriodMs: 1_000, metricDelayMs: 500, logDelayMs: 200 }, longestWaitMs: 20_000 },
  aws: { delays: { metricPeriodMs: 60_000, metricDelayMs: 120_000, logDelayMs: 10_000 }, longestWaitMs: null },
} as const;
