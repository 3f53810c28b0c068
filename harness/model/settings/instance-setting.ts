export interface InstanceSetting {
  readonly kind: "instance";
  readonly id: string;
  readonly state: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly publicIpAddress: string;
  /** Empty where the instance has no profile or the profile no role. */
  readonly roleArn: string;
}
