import { z } from "zod";
import type { Resource } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { mayDescribe } from "./elbv2-parts.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const applicationAttributes: Mapping<Resource<"loadBalancers">> = {
  "access_logs.s3.enabled": ({ access_logs }) => access_logs?.enabled ?? false,
  "access_logs.s3.bucket": ({ access_logs }) => access_logs?.bucket ?? "",
  "access_logs.s3.prefix": ({ access_logs }) => access_logs?.prefix ?? "",
  "connection_logs.s3.enabled": ({ connection_logs }) => connection_logs?.enabled ?? false,
  "connection_logs.s3.bucket": ({ connection_logs }) => connection_logs?.bucket ?? "",
  "connection_logs.s3.prefix": ({ connection_logs }) => connection_logs?.prefix ?? "",
  "idle_timeout.timeout_seconds": "idle_timeout",
  "client_keep_alive.seconds": "client_keep_alive",
  "deletion_protection.enabled": "enable_deletion_protection",
  "load_balancing.cross_zone.enabled": "enable_cross_zone_load_balancing",
  "routing.http2.enabled": "enable_http2",
  "routing.http.drop_invalid_header_fields.enabled": "drop_invalid_header_fields",
  "routing.http.desync_mitigation_mode": "desync_mitigation_mode",
  "routing.http.preserve_host_header.enabled": "preserve_host_header",
  "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "enable_tls_version_and_cipher_suite_headers",
  "routing.http.xff_client_port.enabled": "enable_xff_client_port",
  "routing.http.xff_header_processing.mode": "xff_header_processing_mode",
  "waf.fail_open.enabled": "enable_waf_fail_open",
  "zonal_shift.config.enabled": "enable_zonal_shift",
};

const otherAttributes: Mapping<Resource<"loadBalancers">> = {
  "access_logs.s3.enabled": ({ access_logs }) => access_logs?.enabled ?? false,
  "access_logs.s3.bucket": ({ access_logs }) => access_logs?.bucket ?? "",
  "access_logs.s3.prefix": ({ access_logs }) => access_logs?.prefix ?? "",
  "deletion_protection.enabled": "enable_deletion_protection",
  "load_balancing.cross_zone.enabled": "enable_cross_zone_load_balancing",
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const functionGroupAttributes: Mapping<Resource<"targetGroups">> = {
  "lambda.multi_value_headers.enabled": "lambda_multi_value_headers_enabled",
};

const groupAttributes: Mapping<Resource<"targetGroups">> = {
  "deregistration_delay.timeout_seconds": "deregistration_delay",
  "slow_start.duration_seconds": "slow_start",
  "load_balancing.algorithm.type": "load_balancing_algorithm_type",
  "load_balancing.cross_zone.enabled": "load_balancing_cross_zone_enabled",
  "stickiness.enabled": ({ stickiness }) => stickiness?.enabled ?? false,
  "stickiness.type": ({ stickiness }) => stickiness?.type ?? "lb_cookie",
  "stickiness.lb_cookie.duration_seconds": ({ stickiness }) => stickiness?.cookie_duration ?? 86_400,
};

export function loadBalancerAttributes({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ LoadBalancerArn: z.string() }),
    access: mayDescribe("DescribeLoadBalancerAttributes"),
    run({ LoadBalancerArn }) {
      const found = state.loadBalancers.find(({ arn }) => arn === LoadBalancerArn);
      if (found === undefined) return failed("LoadBalancerNotFound", `Load balancer '${LoadBalancerArn}' not found`);
      const isApplication = found.load_balancer_type === "application";
      return ok({ Attributes: listed(mapped(found, isApplication ? applicationAttributes : otherAttributes)) });
    },
  });
}

export function targetGroupAttributes({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ TargetGroupArn: z.string() }),
    access: mayDescribe("DescribeTargetGroupAttributes"),
    run({ TargetGroupArn }) {
      const found = state.targetGroups.find(({ arn }) => arn === TargetGroupArn);
      if (found === undefined) return failed("TargetGroupNotFound", "One or more target groups not found");
      const attributes = found.target_type === "lambda" ? functionGroupAttributes : groupAttributes;
      return ok({ Attributes: listed(mapped(found, attributes)) });
    },
  });
}

/** Attributes are a list of keys and values, all of them texts. */
const listed = (attributes: Readonly<Record<string, unknown>>) =>
  Object.entries(attributes).map(([Key, value]) => ({ Key, Value: String(value) }));
