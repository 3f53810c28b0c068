import type { LimitRule } from "../limit-rule.ts";
import type { LoadEvidence } from "../load-evidence.ts";
import { type MetricLine, mostIn, pointsIn } from "../metric-table.ts";
import { atRate, sinceStart, spanOf } from "../phase-span.ts";
import { lagsBehindEntry } from "../sink-lag.ts";

/** Iterator age below this is how long a poll takes. */
const STILL_MS = 2_000;

/**
 * The consumer does not keep up though nothing is refused: shards × parallelization × batch ÷ duration bounds it. Seen by
 * iterator age, or by a backlog that grows between the stream and the table.
 */
export const consumerThroughput: LimitRule = {
  limit: "consumer-throughput",
  movement(evidence, phase) {
    const { size } = evidence;
    if (size.stream === null || size.consumerFunction === null) return { kind: "not-there" };
    const line = iteratorAge(evidence);
    const span = spanOf(phase);
    const growth = phase.backlogGrowthPerSecond;
    const isGrowing =
      growth !== null && growth > phase.sentEventsPerSecond * 0.05 && lagsBehindEntry(phase, evidence.phases);
    const first =
      line === undefined ? undefined : pointsIn(line, span).find(({ value }) => value > calmAge(evidence, line));
    if (first === undefined && line === undefined && growth === null)
      return {
        kind: "unknown",
        reason: `no iterator age of ${size.stream.name} came, and the backlog ${atRate(phase)} was not measured`,
      };
    if (first === undefined && !isGrowing) return { kind: "still" };
    return {
      kind: "moved",
      firstAtMs: first?.startMs ?? phase.plan.startMs,
      withinMs: line?.periodMs ?? phase.plan.durationMs,
      subject: `function ${size.consumerFunction.name}`,
      evidence: [
        ...(first === undefined || line === undefined
          ? []
          : [
              `${line.label}: ${Math.round(mostIn(line, span) ?? 0)} ms ${atRate(phase)}, rising ${sinceStart(first.startMs, phase)}`,
            ]),
        ...(isGrowing ? [`the backlog before the table grew by ${Math.round(growth)} events/s ${atRate(phase)}`] : []),
        `${size.stream.openShards} shards × ${size.mapping?.parallelization ?? 1} batches at once × ${size.mapping?.batchSize ?? "?"} records`,
      ],
      weight: 1,
    };
  },
  explains: [],
};

function iteratorAge({ metrics, size }: LoadEvidence): MetricLine | undefined {
  return (
    metrics.line({
      namespace: "AWS/Lambda",
      metric: "IteratorAge",
      statistic: "Maximum",
      dimensions: { FunctionName: size.consumerFunction?.name ?? "" },
    }) ??
    metrics.line({
      namespace: "AWS/Kinesis",
      metric: "GetRecords.IteratorAgeMilliseconds",
      statistic: "Maximum",
      dimensions: { StreamName: size.stream?.name ?? "" },
    })
  );
}

/** Twice what it was while nothing broke: a datapoint that reaches into a step that broke tells nothing of calm. */
function calmAge({ phases }: LoadEvidence, line: MetricLine): number {
  const broken = phases.filter(({ holds }) => holds !== "pass").map(spanOf);
  const calm = line.points.filter(
    ({ startMs }) => !broken.some(({ fromMs, untilMs }) => startMs < untilMs && startMs + line.periodMs > fromMs),
  );
  return Math.max(STILL_MS, 2 * Math.max(0, ...calm.map(({ value }) => value)));
}
