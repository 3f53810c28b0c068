import { z } from "zod";
import {
  block,
  blocks,
  flagOr,
  numberOr,
  optionalNumber,
  optionalText,
  text,
  textMap,
  textOr,
  texts,
} from "./attribute.ts";

/** aws_vpc */
export const vpc = z.object({
  id: text,
  cidr_block: textOr(""),
  ipv6_cidr_block: optionalText,
  ipv6_association_id: optionalText,
  instance_tenancy: textOr("default"),
  dhcp_options_id: textOr("default"),
  owner_id: optionalText,
  enable_dns_support: flagOr(true),
  enable_dns_hostnames: flagOr(false),
  main_route_table_id: optionalText,
  default_route_table_id: optionalText,
  default_security_group_id: optionalText,
  tags_all: textMap,
});

/** aws_subnet */
export const subnet = z.object({
  id: text,
  arn: optionalText,
  vpc_id: text,
  cidr_block: textOr(""),
  ipv6_cidr_block: optionalText,
  ipv6_cidr_block_association_id: optionalText,
  availability_zone: textOr(""),
  availability_zone_id: optionalText,
  map_public_ip_on_launch: flagOr(false),
  assign_ipv6_address_on_creation: flagOr(false),
  owner_id: optionalText,
  tags_all: textMap,
});

/** aws_internet_gateway */
export const internetGateway = z.object({ id: text, vpc_id: optionalText, owner_id: optionalText, tags_all: textMap });

/** aws_internet_gateway_attachment: an attachment that Terraform keeps apart from its gateway. */
export const internetGatewayAttachment = z.object({ internet_gateway_id: text, vpc_id: text });

/** aws_nat_gateway */
export const natGateway = z.object({
  id: text,
  subnet_id: text,
  connectivity_type: textOr("public"),
  allocation_id: optionalText,
  association_id: optionalText,
  network_interface_id: optionalText,
  private_ip: optionalText,
  public_ip: optionalText,
  tags_all: textMap,
});

const routeTarget = {
  gateway_id: optionalText,
  nat_gateway_id: optionalText,
  egress_only_gateway_id: optionalText,
  network_interface_id: optionalText,
  transit_gateway_id: optionalText,
  vpc_peering_connection_id: optionalText,
  vpc_endpoint_id: optionalText,
  carrier_gateway_id: optionalText,
  local_gateway_id: optionalText,
  core_network_arn: optionalText,
};

/** aws_route_table and aws_default_route_table: a state that was refreshed holds the routes of aws_route here as well. */
export const routeTable = z.object({
  id: text,
  vpc_id: text,
  owner_id: optionalText,
  route: blocks(
    z.object({
      ...routeTarget,
      cidr_block: optionalText,
      ipv6_cidr_block: optionalText,
      destination_prefix_list_id: optionalText,
    }),
  ),
  propagating_vgws: texts,
  tags_all: textMap,
});

/** aws_route */
export const route = z.object({
  ...routeTarget,
  route_table_id: text,
  destination_cidr_block: optionalText,
  destination_ipv6_cidr_block: optionalText,
  destination_prefix_list_id: optionalText,
  instance_id: optionalText,
  origin: textOr("CreateRoute"),
  state: textOr("active"),
});

/** aws_route_table_association */
export const routeTableAssociation = z.object({
  id: text,
  route_table_id: text,
  subnet_id: optionalText,
  gateway_id: optionalText,
});

/** aws_main_route_table_association */
export const mainRouteTableAssociation = z.object({ id: text, vpc_id: text, route_table_id: text });

const inlineRule = z.object({
  protocol: textOr("-1"),
  from_port: numberOr(0),
  to_port: numberOr(0),
  cidr_blocks: texts,
  ipv6_cidr_blocks: texts,
  prefix_list_ids: texts,
  security_groups: texts,
  self: flagOr(false),
  description: optionalText,
});

/** aws_security_group and aws_default_security_group: a state that was refreshed holds separate rules here as well. */
export const securityGroup = z.object({
  id: text,
  arn: optionalText,
  name: textOr(""),
  description: textOr(""),
  vpc_id: optionalText,
  owner_id: optionalText,
  ingress: blocks(inlineRule),
  egress: blocks(inlineRule),
  tags_all: textMap,
});

/** aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule */
export const vpcSecurityGroupRule = z.object({
  id: text,
  security_group_id: text,
  ip_protocol: textOr("-1"),
  from_port: optionalNumber,
  to_port: optionalNumber,
  cidr_ipv4: optionalText,
  cidr_ipv6: optionalText,
  prefix_list_id: optionalText,
  referenced_security_group_id: optionalText,
  description: optionalText,
  tags_all: textMap,
});

/** aws_security_group_rule: the older resource, one of which may stand for several rules of AWS. */
export const securityGroupRule = z.object({
  security_group_id: text,
  type: z.enum(["ingress", "egress"]),
  protocol: textOr("-1"),
  from_port: numberOr(0),
  to_port: numberOr(0),
  cidr_blocks: texts,
  ipv6_cidr_blocks: texts,
  prefix_list_ids: texts,
  source_security_group_id: optionalText,
  self: flagOr(false),
  description: optionalText,
});

/** aws_flow_log */
export const flowLog = z.object({
  id: text,
  vpc_id: optionalText,
  subnet_id: optionalText,
  eni_id: optionalText,
  transit_gateway_id: optionalText,
  iam_role_arn: optionalText,
  log_destination: optionalText,
  log_destination_type: textOr("cloud-watch-logs"),
  log_group_name: optionalText,
  log_format: optionalText,
  max_aggregation_interval: numberOr(600),
  traffic_type: textOr("ALL"),
  destination_options: block(
    z.object({
      file_format: textOr("plain-text"),
      hive_compatible_partitions: flagOr(false),
      per_hour_partition: flagOr(false),
    }),
  ),
  tags_all: textMap,
});
