import { z } from "zod";
import type { FunctionInvoker, InvokeOutcome } from "../../model/ports.ts";
import { parsedJson } from "../../model/text.ts";
import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { TargetHealth, TargetHealthChecks } from "./elbv2-parts.ts";
import { usedTargetGroupArns } from "./used-target-groups.ts";

/**
 * Health checks of the targets. AWS repeats a check at an interval and reports the last results; the twin makes one when
 * it is asked, which says the same of a stack at rest.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export function createTargetHealthChecks(state: TwinState, functions: FunctionInvoker): TargetHealthChecks {
  return {
    async check(targetGroupArn, targetId) {
      const group = state.targetGroups.find(({ arn }) => arn === targetGroupArn);
      if (group === undefined || !usedTargetGroupArns(state).has(targetGroupArn)) return NOT_IN_USE;
      if (group.health_check?.enabled !== true) return CHECKS_DISABLED;
      if (group.target_type !== "lambda") return TIMED_OUT;
      const outcome = await functions.invoke(targetId, JSON.stringify(healthCheckEvent(group)), {
        kind: "service",
        service: "elasticloadbalancing.amazonaws.com",
        sourceArn: targetGroupArn,
        sourceAccount: state.accountId,
      });
      return judged(outcome, group.health_check.matcher ?? "200", group.health_check.timeout);
    },
  };
}

const NOT_IN_USE: TargetHealth = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
};
const CHECKS_DISABLED: TargetHealth = {
  state: "unavailable",
  reason: "Target.HealthCheckDisabled",
  description: "Health checks are not enabled for this target",
};
/** Also what becomes of a target that is no function: the twin has nothing that listens there. */
const TIMED_OUT: TargetHealth = { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" };
const FAILED_CHECKS: TargetHealth = {
  state: "unhealthy",
  reason: "Target.FailedHealthChecks",
  description: "Health checks failed",
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-health-checks */
function healthCheckEvent(group: Resource<"targetGroups">) {
  const headers = { "user-agent": "ELB-HealthChecker/2.0" };
  const multiple = {
    multiValueHeaders: { "user-agent": ["ELB-HealthChecker/2.0"] },
    multiValueQueryStringParameters: {},
  };
  return {
    requestContext: { elb: { targetGroupArn: group.arn } },
    httpMethod: "GET",
    path: group.health_check?.path ?? "/",
    ...(group.lambda_multi_value_headers_enabled ? multiple : { queryStringParameters: {}, headers }),
    body: "",
    isBase64Encoded: false,
  };
}

const answerSchema = z.object({ statusCode: z.coerce.number().int() });

function judged(outcome: InvokeOutcome, matcher: string, timeoutSeconds: number): TargetHealth {
  switch (outcome.kind) {
    case "answered": {
      const statusCode = statusOf(outcome.payload);
      if (statusCode === undefined) return FAILED_CHECKS;
      if (outcome.durationMs > timeoutSeconds * 1000) return TIMED_OUT;
      if (matches(statusCode, matcher)) return { state: "healthy" };
      const description = `Health checks failed with these codes: [${statusCode}]`;
      return { state: "unhealthy", reason: "Target.ResponseCodeMismatch", description };
    }
    case "timed-out":
      return TIMED_OUT;
    case "failed":
    case "throttled":
    case "denied":
    case "not-found":
      return FAILED_CHECKS;
    default:
      return outcome satisfies never;
  }
}

function statusOf(payload: string): number | undefined {
  const answer = answerSchema.safeParse(parsedJson(payload));
  return answer.success ? answer.data.statusCode : undefined;
}

/** Codes as a matcher writes them: `200`, `200,202`, `200-299`. */
function matches(statusCode: number, matcher: string): boolean {
  return matcher.split(",").some((range) => {
    const [from = Number.NaN, to = from] = range.split("-").map(Number);
    return statusCode >= from && statusCode <= to;
  });
}
