export interface LoadBalancerSetting {
  readonly kind: "load-balancer";
  readonly arn: string;
  readonly dnsName: string;
  /** `application`, `network` or `gateway`. */
  readonly type: string;
  readonly scheme: "internet-facing" | "internal";
  /** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
  readonly ipAddressType: string;
  readonly state: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly accessLogs: { readonly enabled: boolean; readonly bucket: string; readonly prefix: string };
}

/** All listeners of a load balancer with their rules, the default rule last. */
export interface ListenersSetting {
  readonly kind: "listeners";
  readonly loadBalancerArn: string;
  readonly listeners: readonly {
    readonly arn: string;
    readonly port: number;
    readonly protocol: string;
    readonly rules: readonly ListenerRule[];
  }[];
}

export interface ListenerRule {
  readonly arn: string;
  /** `default` or a number. */
  readonly priority: string;
  readonly conditions: readonly ListenerCondition[];
  /** Target groups that a forward action may choose (of weight 0: none); empty where the action is another. */
  readonly forwardsTo: readonly string[];
  /** What an anonymous request meets first: `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, … */
  readonly action: string;
}

/** Holds where one of the values, wildcards `*` and `?` included, or one of the regular expressions fits. */
export interface ListenerCondition {
  /** `path-pattern`, `host-header`, `http-header`, `http-request-method`, `query-string`, `source-ip`. */
  readonly field: string;
  /** Name of the header for `http-header`, else empty. */
  readonly httpHeaderName: string;
  /** For `query-string`: `key=value`, or the value alone where the key does not matter. */
  readonly values: readonly string[];
  readonly regexValues: readonly string[];
}

export interface TargetGroupSetting {
  readonly kind: "target-group";
  readonly arn: string;
  readonly targetType: string;
  /** Load balancers whose rules name this group. */
  readonly loadBalancerArns: readonly string[];
  readonly targets: readonly { readonly id: string; readonly health: string; readonly reason: string }[];
}
