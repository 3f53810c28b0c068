/** One application load balancer with its listeners, as `aws_lb`, `aws_lb_listener` and `aws_lb_listener_rule` describe them. */
export interface LoadBalancerConfig {
  readonly arn: string;
  /** For example `app/stack/50dc6c495c0c9188`: the value of the metrics' LoadBalancer dimension. */
  readonly arnSuffix: string;
  readonly dnsName: string;
  readonly listeners: readonly ListenerConfig[];
  /** Where access logs go; absent where they are off. */
  readonly accessLogs?: { readonly bucket: string; readonly prefix: string } | undefined;
}

export interface ListenerConfig {
  readonly arn: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly defaultActions: readonly ActionConfig[];
  readonly rules: readonly ListenerRuleConfig[];
  /** Why the internet's connections never come about; absent where they do. */
  readonly unreachable?: string | undefined;
}

export interface ListenerRuleConfig {
  readonly priority: number;
  /** All of them must hold. */
  readonly conditions: readonly ConditionConfig[];
  readonly actions: readonly ActionConfig[];
}

/** One of the values must match; wildcards are `*` and `?`. */
export type ConditionConfig =
  | { readonly kind: "path-pattern"; readonly values: readonly string[] }
  | { readonly kind: "host-header"; readonly values: readonly string[] }
  | { readonly kind: "http-request-method"; readonly values: readonly string[] }
  | { readonly kind: "http-header"; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: "query-string";
      readonly pairs: readonly { readonly key: string | undefined; readonly value: string }[];
    }
  /** CIDR blocks. */
  | { readonly kind: "source-ip"; readonly values: readonly string[] };

export type ActionConfig =
  | { readonly kind: "forward"; readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[] }
  | { readonly kind: "fixed-response"; readonly status: number; readonly contentType: string; readonly body: string }
  /** The parts may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
  | {
      readonly kind: "redirect";
      readonly status: number;
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
    }
  /** `authenticate-oidc` and the like. */
  | { readonly kind: "unsupported"; readonly type: string };

export interface TargetGroupConfig {
  readonly arn: string;
  /** For example `targetgroup/ingest/943f017f100becff`: the value of the metrics' TargetGroup dimension. */
  readonly arnSuffix: string;
  readonly targetType: string;
  readonly multiValueHeaders: boolean;
  /** What is attached to the group: function ARNs, instance ids, addresses. */
  readonly targetIds: readonly string[];
}
