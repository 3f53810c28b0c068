import type { Failures } from "../../../failures/variant.ts";
import { ingress } from "../../../testing/network.ts";

const ALB = "alb-*";
const UNREACHED = ["entry.failing at alb-to-table / entry"];
const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });

export const failures: Failures = {
  variants: [
    {
      way: "HTTP is let in from the VPC alone",
      changes: [
        ingress("alb_http_ipv4", { ...tcp(80), cidr_ipv4: "10.20.0.0/16" }),
        ingress("alb_http_ipv6", undefined),
      ],
      cause: "port 80 from outside",
      stops: UNREACHED,
    },
    {
      way: "nothing is let in on port 80",
      changes: [ingress("alb_http_ipv4", undefined), ingress("alb_http_ipv6", undefined)],
      only: ALB,
      cause: "drops connections to port 80",
      stops: UNREACHED,
    },
    {
      way: "the world is let in by UDP",
      changes: [
        ingress("alb_http_ipv4", { ...tcp(80), ip_protocol: "udp", cidr_ipv4: "10.0.0.0/8" }),
        ingress("alb_http_ipv6", undefined),
      ],
      only: ALB,
      cause: "drops connections to port 80",
      stops: UNREACHED,
    },
    {
      way: "only an office's range is let in",
      changes: [
        ingress("alb_http_ipv4", { ...tcp(80), cidr_ipv4: "198.51.100.0/24" }),
        ingress("alb_http_ipv6", undefined),
      ],
      only: ALB,
      cause: "port 80 from outside the ranges",
      stops: UNREACHED,
    },
  ],
};
