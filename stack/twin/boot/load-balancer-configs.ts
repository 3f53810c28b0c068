import type {
  ActionConfig,
  ConditionConfig,
  ListenerConfig,
  LoadBalancerConfig,
  TargetGroupConfig,
} from "../front/alb/index.ts";
import { INTERNET_CLIENT_IP } from "../network/address-range.ts";
import { internetReaches } from "../network/reachability.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

type Action = Resource<"listeners">["default_action"][number];
type Condition = Resource<"listenerRules">["condition"][number];

interface LoadBalancerConfigs {
  readonly loadBalancers: readonly LoadBalancerConfig[];
  readonly targetGroups: readonly TargetGroupConfig[];
  readonly notes: readonly string[];
}

/** The application load balancers of the state with their listeners, rules and target groups. */
export function loadBalancerConfigs(state: TwinState): LoadBalancerConfigs {
  const application = state.loadBalancers.filter((each) => each.load_balancer_type === "application");
  const others = state.loadBalancers.filter((each) => each.load_balancer_type !== "application");
  return {
    loadBalancers: application.map((loadBalancer) => ({
      arn: loadBalancer.arn,
      arnSuffix: loadBalancer.arn_suffix,
      dnsName: loadBalancer.dns_name,
      listeners: state.listeners
        .filter((listener) => listener.load_balancer_arn === loadBalancer.arn)
        .map((listener) => ({
          ...listenerConfig(state, listener),
          unreachable: unreachable(state, loadBalancer, listener.port),
        })),
      accessLogs: accessLogsOf(loadBalancer),
    })),
    targetGroups: state.targetGroups.map((group) => ({
      arn: group.arn,
      arnSuffix: group.arn_suffix,
      targetType: group.target_type,
      multiValueHeaders: group.lambda_multi_value_headers_enabled,
      targetIds: state.targetGroupAttachments
        .filter((attachment) => attachment.target_group_arn === group.arn)
        .map((attachment) => attachment.target_id),
    })),
    notes: others.map(
      ({ address, load_balancer_type }) => `ignored ${address}: it is a ${load_balancer_type} load balancer`,
    ),
  };
}

function unreachable(state: TwinState, loadBalancer: Resource<"loadBalancers">, port: number): string | undefined {
  const way = internetReaches(state, loadBalancer, port, INTERNET_CLIENT_IP);
  return way.kind === "unreachable" ? way.reason : undefined;
}

function accessLogsOf({ access_logs }: Resource<"loadBalancers">): LoadBalancerConfig["accessLogs"] {
  if (access_logs === undefined || !access_logs.enabled || access_logs.bucket === "") return undefined;
  return { bucket: access_logs.bucket, prefix: access_logs.prefix ?? "" };
}

function listenerConfig(state: TwinState, listener: Resource<"listeners">): ListenerConfig {
  return {
    arn: listener.arn,
    port: listener.port,
    protocol: listener.protocol === "HTTPS" ? "HTTPS" : "HTTP",
    defaultActions: inOrder(listener.default_action),
    rules: state.listenerRules
      .filter((rule) => rule.listener_arn === listener.arn)
      .map((rule) => ({
        priority: rule.priority,
        conditions: rule.condition.flatMap(conditionConfigs),
        actions: inOrder(rule.action),
      })),
  };
}

function inOrder(actions: readonly Action[]): ActionConfig[] {
  return actions.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(actionConfig);
}

function actionConfig(action: Action): ActionConfig {
  switch (action.type) {
    case "forward":
      return { kind: "forward", targetGroups: forwardTargets(action) };
    case "fixed-response":
      return {
        kind: "fixed-response",
        status: Number(action.fixed_response?.status_code ?? 200),
        contentType: action.fixed_response?.content_type ?? "text/plain",
        body: action.fixed_response?.message_body ?? "",
      };
    case "redirect": {
      if (action.redirect === undefined) return { kind: "unsupported", type: "redirect without its block" };
      const { status_code, protocol, host, port, path, query } = action.redirect;
      const status = status_code === "HTTP_301" ? 301 : 302;
      return { kind: "redirect", status, protocol, host, port, path, query };
    }
    default:
      return { kind: "unsupported", type: action.type };
  }
}

/** The state holds a single target group twice, as `target_group_arn` and in `forward`; the block has the weights. */
function forwardTargets(action: Action): { readonly arn: string; readonly weight: number }[] {
  const weighted = action.forward?.target_group ?? [];
  if (weighted.length > 0) return weighted;
  return action.target_group_arn === undefined ? [] : [{ arn: action.target_group_arn, weight: 1 }];
}

function conditionConfigs(condition: Condition): ConditionConfig[] {
  const configs: ConditionConfig[] = [];
  const { path_pattern, host_header, http_request_method, source_ip, http_header, query_string } = condition;
  if (path_pattern !== undefined) configs.push({ kind: "path-pattern", values: path_pattern.values });
  if (host_header !== undefined) configs.push({ kind: "host-header", values: host_header.values });
  if (http_request_method !== undefined) {
    configs.push({ kind: "http-request-method", values: http_request_method.values });
  }
  if (source_ip !== undefined) configs.push({ kind: "source-ip", values: source_ip.values });
  if (http_header !== undefined) {
    configs.push({ kind: "http-header", name: http_header.http_header_name, values: http_header.values });
  }
  if (query_string.length > 0) configs.push({ kind: "query-string", pairs: query_string });
  return configs;
}
