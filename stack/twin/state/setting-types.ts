/**
 * Resource types that the twin neither plays nor reads and that need no note: no event passes through them and no
 * check asks for them.
 */
const settingTypes = new Set([
  "aws_default_network_acl",
  "aws_egress_only_internet_gateway",
  "aws_eip",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_s3_bucket_acl",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_vpc_endpoint",
]);

export function isSettingType(type: string): boolean {
  return settingTypes.has(type);
}
