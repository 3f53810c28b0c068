export interface SecurityGroupSetting {
  readonly kind: "security-group";
  readonly id: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule {
  /** `tcp`, `udp`, `icmp`, … or `-1` for all. */
  readonly protocol: string;
  /** -1 where all ports are meant. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrsIpv4: readonly string[];
  readonly cidrsIpv6: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly prefixListIds: readonly string[];
}

export interface SubnetSetting {
  readonly kind: "subnet";
  readonly id: string;
  readonly vpcId: string;
  readonly routeTableId: string;
  readonly routes: readonly { readonly destination: string; readonly target: string; readonly state: string }[];
}

export interface VpcSetting {
  readonly kind: "vpc";
  readonly id: string;
  readonly cidrsIpv4: readonly string[];
  readonly cidrsIpv6: readonly string[];
}

export interface FlowLogsSetting {
  readonly kind: "flow-logs";
  readonly vpcId: string;
  readonly flowLogs: readonly {
    readonly id: string;
    readonly status: string;
    readonly deliveryStatus: string;
    readonly deliveryError: string;
    readonly destinationType: string;
    /** ARN of a bucket or stream, or the name of a log group. */
    readonly destination: string;
    readonly roleArn: string;
  }[];
}
