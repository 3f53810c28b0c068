/** Units that CloudWatch knows, of those that are needed here (PutMetricData, MetricDatum). */
type Unit = "Count" | "Milliseconds" | "None";

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
}

export interface EmbeddedMetrics {
  readonly namespace: string;
  readonly atMs: number;
  /** At most 30. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** At most 100. */
  readonly metrics: readonly Metric[];
  /** Other fields of the log event. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * One log event in CloudWatch's embedded metric format, from which CloudWatch Logs makes metrics: no call, no permission. It must be
 * a separate log event, with nothing before or after it.
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
 */
export function embeddedMetrics({ namespace, atMs, dimensions, metrics, properties }: EmbeddedMetrics): string {
  return JSON.stringify({
    _aws: {
      Timestamp: atMs,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...properties,
    ...dimensions,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  });
}
