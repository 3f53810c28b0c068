import { ingress, listenerAction } from "../../testing/network.ts";
import { add, output, remove, resourceLike, setValues } from "../../testing/state.ts";
import type { Variant } from "../variant.ts";

const ALB = "alb-*";
const GROUP = output("target_group_arn");
const LISTENER = resourceLike("aws_lb_listener");
const forward = (target_group_arn = GROUP) => listenerAction({ type: "forward", target_group_arn });
const fixed = (status_code: string) =>
  listenerAction({
    type: "fixed-response",
    fixed_response: [{ content_type: "text/plain", message_body: "no", status_code }],
  });
const rule = (name: string, priority: number, condition: readonly object[], action: object) =>
  ({
    kind: "add",
    resource: {
      ...LISTENER,
      address: `aws_lb_listener_rule.${name}`,
      type: "aws_lb_listener_rule",
      name,
      values: {
        arn: `${output("alb_listener_arn").replace(":listener/", ":listener-rule/")}/${name.padEnd(16, "0")}`,
        listener_arn: output("alb_listener_arn"),
        priority,
        condition: condition.map((each) => ({
          path_pattern: [],
          host_header: [],
          http_header: [],
          http_request_method: [],
          query_string: [],
          source_ip: [],
          ...each,
        })),
        action: [action],
        tags: {},
        tags_all: {},
      },
    },
  }) as const;
const listener = (name: string, values: Readonly<Record<string, unknown>>) => {
  const arn = `${output("alb_listener_arn").slice(0, -16)}${name.padEnd(16, "0")}`;
  return add(LISTENER, name, { arn, id: arn, ...values });
};

/** Ways into the load balancer. */
export const OTHER_NETWORKS: readonly Variant[] = [
  {
    way: "a default action of 404, and a rule for the entry's path",
    changes: [
      setValues("aws_lb_listener", { default_action: [fixed("404")] }),
      rule("events", 10, [{ path_pattern: [{ values: ["/events", "/events/*"] }] }], forward()),
    ],
    only: ALB,
  },
  {
    way: "rules for other hosts and paths before the one that counts",
    changes: [
      setValues("aws_lb_listener", { default_action: [fixed("404")] }),
      rule("admin", 5, [{ path_pattern: [{ values: ["/admin*"] }] }], fixed("403")),
      rule("other-host", 7, [{ host_header: [{ values: ["example.org", "*.example.org"] }] }], fixed("410")),
      rule(
        "both",
        20,
        [{ host_header: [{ values: ["*.elb.amazonaws.com"] }] }, { http_request_method: [{ values: ["POST"] }] }],
        forward(),
      ),
    ],
    only: ALB,
  },
  {
    way: "several listeners on several ports",
    changes: [listener("internal", { port: 8080, default_action: [fixed("200")] })],
    only: ALB,
  },
  {
    way: "an HTTPS listener beside the one for HTTP",
    changes: [
      listener("https", {
        port: 443,
        protocol: "HTTPS",
        certificate_arn: `arn:aws:acm:${output("region")}:${output("account_id")}:certificate/0a1b2c3d-0000-0000-0000-000000000000`,
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      }),
      ingress("alb_https_vpc", { ip_protocol: "tcp", from_port: 443, to_port: 443, cidr_ipv4: "0.0.0.0/0" }),
    ],
  },
  {
    way: "a weighted forward to two groups, all of the weight on the right one",
    changes: [
      setValues("aws_lb_listener", {
        default_action: [
          {
            ...forward(""),
            forward: [
              {
                stickiness: [],
                target_group: [
                  { arn: GROUP, weight: 1 },
                  { arn: GROUP.replace("/stackproof-dev-ingest/", "/old/"), weight: 0 },
                ],
              },
            ],
          },
        ],
      }),
      add(resourceLike("aws_lb_target_group"), "old", {
        arn: GROUP.replace("/stackproof-dev-ingest/", "/old/"),
        id: GROUP.replace("/stackproof-dev-ingest/", "/old/"),
        name: "old",
      }),
    ],
    only: ALB,
  },
  {
    way: "the world let in by two halves, and by two security groups",
    changes: [
      ingress("alb_http_ipv4", { ip_protocol: "tcp", from_port: 80, to_port: 80, cidr_ipv4: "0.0.0.0/1" }),
      add(resourceLike("aws_security_group"), "second", { id: "sg-0second00000000", ingress: [], egress: [] }),
      add(resourceLike("aws_vpc_security_group_ingress_rule"), "second_half", {
        security_group_id: "sg-0second00000000",
        security_group_rule_id: "sgr-0second00000000",
        id: "sgr-0second00000000",
        cidr_ipv4: "128.0.0.0/1",
        cidr_ipv6: null,
        ip_protocol: "tcp",
        from_port: 80,
        to_port: 80,
      }),
      setValues("aws_lb", { security_groups: [output("alb_security_group_id"), "sg-0second00000000"] }),
    ],
    only: ALB,
  },
  {
    way: "rules of the security group in the group itself",
    changes: [remove("aws_vpc_security_group_ingress_rule")],
    only: ALB,
  },
  {
    way: "no NAT gateways",
    changes: [
      remove("aws_nat_gateway"),
      remove("aws_eip"),
      remove("aws_route", ({ name }) => name === "private_nat"),
      setValues("aws_route_table", { route: [] }, ({ name }) => name === "private"),
    ],
    only: ALB,
  },
  {
    way: "no access over IPv6",
    changes: [ingress("alb_http_ipv6", undefined)],
    only: ALB,
  },
];
