import { breaking, type Failures } from "../../../failures/variant.ts";
import { type IngressRule, ingress } from "../../../testing/network.ts";
import type { Change } from "../../../testing/state.ts";

const UNREACHED = ["entry.failing at alb-to-table / entry"];
const variant = breaking({ only: "alb-*", stops: UNREACHED });

/** Port 80 is let in as this says, and in no other way. */
const http = (to: Partial<IngressRule> | undefined): Change[] => [
  ingress("alb_http_ipv4", to && { ip_protocol: "tcp", from_port: 80, to_port: 80, ...to }),
  ingress("alb_http_ipv6", undefined),
];

export const failures: Failures = {
  variants: [
    {
      way: "HTTP is let in from the VPC alone",
      changes: http({ cidr_ipv4: "10.20.0.0/16" }),
      cause: "port 80 from outside",
      stops: UNREACHED,
    },
    variant("nothing is let in on port 80", "drops connections to port 80", ...http(undefined)),
    variant(
      "the world is let in by UDP",
      "drops connections to port 80",
      ...http({ ip_protocol: "udp", cidr_ipv4: "10.0.0.0/8" }),
    ),
    variant(
      "only an office's range is let in",
      "port 80 from outside the ranges",
      ...http({ cidr_ipv4: "198.51.100.0/24" }),
    ),
  ],
};
