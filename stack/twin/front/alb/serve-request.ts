import { meetFault } from "../../faults/meet-fault.ts";
import { requestPassage } from "../../faults/request-passage.ts";
import type { Clock, FaultPlan, FunctionInvoker, UnimplementedCounter } from "../../model/ports.ts";
import type { AlbRequest, AlbResponse } from "./alb-request.ts";
import { type Forwarded, forward } from "./forward.ts";
import type { ActionConfig, ListenerConfig, TargetGroupConfig } from "./load-balancer-config.ts";
import { actionsFor } from "./match-rule.ts";
import { errorResponse, fixedResponse, redirectResponse } from "./own-response.ts";

export interface ServePorts {
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
  readonly faults: FaultPlan;
  readonly unimplemented: UnimplementedCounter;
  /** Evenly in [0, 1): chooses between weighted target groups. */
  readonly random: () => number;
}

export type Served =
  | (Forwarded & { readonly kind: "served"; readonly targetGroup: TargetGroupConfig | undefined })
  /** A planted fault: the connection is closed without an answer. */
  | { readonly kind: "cut" };

/** One request through a listener: its rules, the action, and where it forwards, the function. */
export async function serveRequest(
  request: AlbRequest,
  listener: ListenerConfig,
  targetGroups: ReadonlyMap<string, TargetGroupConfig>,
  ports: ServePorts,
  signal: AbortSignal,
): Promise<Served> {
  const fault = ports.faults.actionAt("alb", () => requestPassage(request.method, request.path, request.body));
  const planted = await meetFault(fault, ports.clock, signal);
  if (planted.kind === "cut") return planted;
  if (planted.kind === "throttled") return own(errorResponse(503));
  if (planted.kind === "error") return own(errorResponse(/^\d{3}$/.test(planted.code) ? Number(planted.code) : 502));
  const action = actionsFor(listener, request).at(-1);
  switch (action?.kind) {
    case undefined:
      return own(errorResponse(503));
    case "fixed-response":
      return own(fixedResponse(action));
    case "redirect":
      return own(redirectResponse(action, request, listener));
    case "unsupported":
      ports.unimplemented.count("elasticloadbalancing", `action ${action.type}`);
      return own(errorResponse(500));
    case "forward": {
      const targetGroup = targetGroups.get(chooseTargetGroup(action, ports.random) ?? "");
      if (targetGroup === undefined) return own(errorResponse(503));
      if (fault.kind === "duplicate") void forward(request, targetGroup, ports.invoker, ports.clock);
      return { kind: "served", targetGroup, ...(await forward(request, targetGroup, ports.invoker, ports.clock)) };
    }
    default:
      return action satisfies never;
  }
}

function own(response: AlbResponse): Served {
  const nothing = {
    targetGroup: undefined,
    targetResponseMs: undefined,
    lambdaError: undefined,
    errorReason: undefined,
  };
  return { kind: "served", response, byTarget: false, ...nothing };
}

function chooseTargetGroup(
  { targetGroups }: Extract<ActionConfig, { kind: "forward" }>,
  random: () => number,
): string | undefined {
  const [only] = targetGroups;
  if (targetGroups.length <= 1) return only?.arn;
  let left = random() * targetGroups.reduce((sum, { weight }) => sum + weight, 0);
  for (const { arn, weight } of targetGroups) {
    left -= weight;
    if (left < 0) return arn;
  }
  return undefined;
}
