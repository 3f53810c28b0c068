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

/** aws_lb */
export const loadBalancer = z.object({
  arn: text,
  arn_suffix: text,
  name: text,
  dns_name: text,
  internal: flagOr(false),
  load_balancer_type: textOr("application"),
  ip_address_type: textOr("ipv4"),
  idle_timeout: numberOr(60),
  security_groups: texts,
  subnets: texts,
  vpc_id: optionalText,
  zone_id: optionalText,
  access_logs: block(z.object({ bucket: textOr(""), prefix: optionalText, enabled: flagOr(false) })),
  connection_logs: block(z.object({ bucket: textOr(""), prefix: optionalText, enabled: flagOr(false) })),
  client_keep_alive: numberOr(3600),
  desync_mitigation_mode: textOr("defensive"),
  drop_invalid_header_fields: flagOr(false),
  enable_cross_zone_load_balancing: flagOr(true),
  enable_deletion_protection: flagOr(false),
  enable_http2: flagOr(true),
  enable_tls_version_and_cipher_suite_headers: flagOr(false),
  enable_waf_fail_open: flagOr(false),
  enable_xff_client_port: flagOr(false),
  enable_zonal_shift: flagOr(false),
  preserve_host_header: flagOr(false),
  xff_header_processing_mode: textOr("append"),
  tags_all: textMap,
});

/** The action of a listener or of a rule. */
export const loadBalancerAction = z.object({
  type: text,
  order: optionalNumber,
  target_group_arn: optionalText,
  forward: block(
    z.object({
      target_group: blocks(z.object({ arn: text, weight: numberOr(1) })),
      stickiness: block(z.object({ enabled: flagOr(false), duration: numberOr(1) })),
    }),
  ),
  fixed_response: block(z.object({ content_type: text, message_body: optionalText, status_code: textOr("200") })),
  redirect: block(
    z.object({
      host: textOr("#{host}"),
      path: textOr("/#{path}"),
      port: textOr("#{port}"),
      protocol: textOr("#{protocol}"),
      query: textOr("#{query}"),
      status_code: text,
    }),
  ),
});

/** aws_lb_listener */
export const loadBalancerListener = z.object({
  arn: text,
  load_balancer_arn: text,
  port: numberOr(80),
  protocol: textOr("HTTP"),
  certificate_arn: optionalText,
  ssl_policy: optionalText,
  default_action: blocks(loadBalancerAction),
  tags_all: textMap,
});

const values = z.object({ values: texts });

/** aws_lb_listener_rule */
export const loadBalancerListenerRule = z.object({
  arn: text,
  listener_arn: text,
  priority: numberOr(1),
  action: blocks(loadBalancerAction),
  condition: blocks(
    z.object({
      host_header: block(values),
      path_pattern: block(values),
      http_request_method: block(values),
      source_ip: block(values),
      http_header: block(z.object({ http_header_name: text, values: texts })),
      query_string: blocks(z.object({ key: optionalText, value: text })),
    }),
  ),
});

/** aws_lb_target_group */
export const targetGroup = z.object({
  arn: text,
  arn_suffix: text,
  name: text,
  target_type: textOr("instance"),
  port: optionalNumber,
  protocol: optionalText,
  vpc_id: optionalText,
  lambda_multi_value_headers_enabled: flagOr(false),
  ip_address_type: optionalText,
  protocol_version: optionalText,
  /** Seconds. The provider writes a text. */
  deregistration_delay: textOr("300"),
  slow_start: numberOr(0),
  load_balancing_algorithm_type: textOr("round_robin"),
  load_balancing_cross_zone_enabled: textOr("use_load_balancer_configuration"),
  stickiness: block(
    z.object({
      enabled: flagOr(false),
      type: textOr("lb_cookie"),
      cookie_duration: numberOr(86_400),
      cookie_name: optionalText,
    }),
  ),
  health_check: block(
    z.object({
      enabled: flagOr(true),
      port: optionalText,
      protocol: optionalText,
      path: optionalText,
      matcher: optionalText,
      interval: numberOr(35),
      timeout: numberOr(30),
      healthy_threshold: numberOr(5),
      unhealthy_threshold: numberOr(2),
    }),
  ),
  tags_all: textMap,
});

/** aws_lb_target_group_attachment */
export const targetGroupAttachment = z.object({ target_group_arn: text, target_id: text, port: optionalNumber });
