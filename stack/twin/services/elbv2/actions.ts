import type { Resource } from "../../state/twin-state.ts";
import { type Mapping, mapped } from "../mapping.ts";

type ListenerAction = Resource<"listeners">["default_action"][number];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html */
const action: Mapping<ListenerAction> = {
  Type: "type",
  Order: "order",
  TargetGroupArn: (each) => {
    const [only, ...others] = forwardTargets(each);
    return others.length === 0 ? only?.arn : undefined;
  },
  ForwardConfig: (each) =>
    each.type === "forward"
      ? {
          TargetGroups: forwardTargets(each).map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
          TargetGroupStickinessConfig: {
            Enabled: each.forward?.stickiness?.enabled ?? false,
            DurationSeconds: each.forward?.stickiness?.enabled === true ? each.forward.stickiness.duration : undefined,
          },
        }
      : undefined,
  FixedResponseConfig: ({ fixed_response: fixed }) =>
    fixed && { ContentType: fixed.content_type, MessageBody: fixed.message_body, StatusCode: fixed.status_code },
  RedirectConfig: ({ redirect }) =>
    redirect && {
      Host: redirect.host,
      Path: redirect.path,
      Port: redirect.port,
      Protocol: redirect.protocol,
      Query: redirect.query,
      StatusCode: redirect.status_code,
    },
};

export const actionOf = (each: ListenerAction) => mapped(each, action);

/** The target groups that an action forwards to, by weight; one named alone has weight 1. */
export function forwardTargets(each: ListenerAction): readonly { readonly arn: string; readonly weight: number }[] {
  if (each.type !== "forward") return [];
  if (each.forward !== undefined && each.forward.target_group.length > 0) return each.forward.target_group;
  return each.target_group_arn === undefined ? [] : [{ arn: each.target_group_arn, weight: 1 }];
}

type Condition = Resource<"listenerRules">["condition"][number];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
export function conditionOf(condition: Condition): Record<string, unknown> | undefined {
  const { host_header, path_pattern, http_request_method, source_ip, http_header, query_string } = condition;
  if (host_header) return { Field: "host-header", ...sameValues("HostHeaderConfig", host_header.values) };
  if (path_pattern) return { Field: "path-pattern", ...sameValues("PathPatternConfig", path_pattern.values) };
  if (source_ip) return { Field: "source-ip", SourceIpConfig: { Values: source_ip.values } };
  if (http_request_method) {
    return { Field: "http-request-method", HttpRequestMethodConfig: { Values: http_request_method.values } };
  }
  if (http_header) {
    const HttpHeaderConfig = { HttpHeaderName: http_header.http_header_name, Values: http_header.values };
    return { Field: "http-header", HttpHeaderConfig };
  }
  const Values = query_string.map(({ key, value }) => ({ Key: key, Value: value }));
  return Values.length === 0 ? undefined : { Field: "query-string", QueryStringConfig: { Values } };
}

const sameValues = (config: string, Values: readonly string[]) => ({ Values, [config]: { Values } });
