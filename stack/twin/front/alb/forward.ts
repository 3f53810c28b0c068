import type { Clock, FunctionInvoker, InvokeOutcome } from "../../model/ports.ts";
import type { AlbRequest, AlbResponse } from "./alb-request.ts";
import { readLambdaAnswer } from "./lambda-answer.ts";
import { lambdaEvent } from "./lambda-event.ts";
import type { TargetGroupConfig } from "./load-balancer-config.ts";
import { errorResponse } from "./own-response.ts";

/** The load balancer's bound on a body that goes to a function. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface Forwarded {
  readonly response: AlbResponse;
  readonly byTarget: boolean;
  readonly targetResponseMs: number | undefined;
  readonly lambdaError: "user" | "internal" | undefined;
  readonly errorReason: string | undefined;
}

/** Sends a request to the function of a target group and reads its answer. */
export async function forward(
  request: AlbRequest,
  targetGroup: TargetGroupConfig,
  invoker: FunctionInvoker,
  clock: Clock,
): Promise<Forwarded> {
  const [targetId] = targetGroup.targetIds;
  if (targetId === undefined) return ownError(503, undefined, undefined, undefined);
  // Instances and addresses have nothing behind them in the twin: the connection to the target fails.
  if (targetGroup.targetType !== "lambda") return ownError(502, undefined, undefined, undefined);
  if (request.body.byteLength > MAX_BODY_BYTES) return ownError(413, undefined, undefined, undefined);
  const invokedBy = {
    kind: "service",
    service: "elasticloadbalancing.amazonaws.com",
    sourceArn: targetGroup.arn,
    sourceAccount: targetGroup.arn.split(":")[4] ?? "",
  } as const;
  const startedMs = clock.nowMs();
  const outcome = await invoker.invoke(targetId, lambdaEvent(request, targetGroup), invokedBy);
  return judge(outcome, targetGroup, clock.nowMs() - startedMs);
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html: whatever the
 * function does wrong, and throttling and missing permission too, is a 502; the reasons are those of the access log.
 */
function judge(outcome: InvokeOutcome, targetGroup: TargetGroupConfig, responseMs: number): Forwarded {
  switch (outcome.kind) {
    case "answered": {
      const response = readLambdaAnswer(outcome.payload, targetGroup.multiValueHeaders);
      if (response === undefined) return ownError(502, "LambdaInvalidResponse", "user", responseMs);
      return { response, byTarget: true, targetResponseMs: responseMs, lambdaError: undefined, errorReason: undefined };
    }
    case "failed":
      return ownError(502, "LambdaUnhandled", "user", responseMs);
    case "timed-out":
      return ownError(502, "LambdaTimeout", "user", responseMs);
    case "throttled":
      return ownError(502, "LambdaThrottling", "user", undefined);
    case "denied":
      return ownError(502, "LambdaAccessDenied", "user", undefined);
    case "not-found":
      return ownError(502, "LambdaResourceNotFound", "user", undefined);
    default:
      return outcome satisfies never;
  }
}

function ownError(
  status: number,
  errorReason: string | undefined,
  lambdaError: "user" | "internal" | undefined,
  targetResponseMs: number | undefined,
): Forwarded {
  return { response: errorResponse(status), byTarget: false, targetResponseMs, lambdaError, errorReason };
}
