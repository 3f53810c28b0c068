import type { MetricSink } from "../../model/ports.ts";
import { remembered } from "../../model/remembered.ts";

/** What became of one request, for the metrics and, later, the access log. */
export interface ServedRequest {
  readonly atMs: number;
  readonly status: number;
  /** Whether the function answered this status, rather than the load balancer itself. */
  readonly byTarget: boolean;
  readonly targetGroupSuffix: string | undefined;
  /** Whether a function was to be invoked. */
  readonly forwarded: boolean;
  readonly targetResponseMs: number | undefined;
  /** The function's own failure (`user`), or one of reaching it (`internal`). */
  readonly lambdaError: "user" | "internal" | undefined;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Why the load balancer answered an error, as its access log's `error_reason` says it. */
  readonly errorReason: string | undefined;
}

/**
 * AWS/ApplicationELB metrics
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). Like
 * AWS, nothing is published while no request flows.
 */
export function albMetrics(loadBalancerSuffix: string, sink: MetricSink): (served: ServedRequest) => void {
  const LoadBalancer = loadBalancerSuffix;
  const own = [{ LoadBalancer }];
  const setsOf = remembered((TargetGroup) => {
    const targetGroup = { TargetGroup };
    const both = { TargetGroup, LoadBalancer };
    return { withLoadBalancer: [...own, both], withTargetGroup: [targetGroup, both] };
  });
  return (served) => {
    const { atMs, targetGroupSuffix } = served;
    const sets = targetGroupSuffix === undefined ? undefined : setsOf(targetGroupSuffix);
    const both = sets?.withLoadBalancer ?? own;
    const add = (
      name: string,
      value: number,
      unit: "Count" | "Bytes" | "Seconds",
      dimensionSets: readonly Record<string, string>[],
    ) => {
      for (const dimensions of dimensionSets)
        sink.add({ namespace: "AWS/ApplicationELB", name, dimensions, value, unit, atMs });
    };
    if (served.forwarded) add("RequestCount", 1, "Count", both);
    add("ProcessedBytes", served.receivedBytes + served.sentBytes, "Bytes", own);
    const family = `${Math.floor(served.status / 100)}XX`;
    if (served.byTarget) add(`HTTPCode_Target_${family}_Count`, 1, "Count", both);
    else if (["3XX", "4XX", "5XX"].includes(family)) add(`HTTPCode_ELB_${family}_Count`, 1, "Count", own);
    if (!served.byTarget && [500, 502, 503, 504].includes(served.status))
      add(`HTTPCode_ELB_${served.status}_Count`, 1, "Count", own);
    if (served.targetResponseMs !== undefined)
      add("TargetResponseTime", served.targetResponseMs / 1000, "Seconds", both);
    if (sets !== undefined && served.forwarded) {
      add("LambdaTargetProcessedBytes", served.receivedBytes + served.sentBytes, "Bytes", own);
      if (served.lambdaError !== undefined)
        add(
          served.lambdaError === "user" ? "LambdaUserError" : "LambdaInternalError",
          1,
          "Count",
          sets.withTargetGroup,
        );
    }
  };
}
