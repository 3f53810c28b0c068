import type { Failures } from "../../../failures/variant.ts";
import { ingress } from "../../../testing/network.ts";

const WORLD = { cidr_ipv4: "0.0.0.0/0" };

export const failures: Failures = {
  sharesRowWith: "alb.ingress-closed",
  variants: [
    {
      way: "HTTPS is open to the world, and nothing listens there",
      changes: [ingress("alb_https_vpc", { ip_protocol: "tcp", from_port: 443, to_port: 443, ...WORLD })],
      cause: "nothing of load balancer",
    },
    {
      way: "every port is open to the world",
      changes: [ingress("alb_https_vpc", { ip_protocol: "-1", from_port: null, to_port: null, ...WORLD })],
      only: "alb-*",
      cause: "0.0.0.0/0",
    },
    {
      way: "SSH is open to the world",
      changes: [ingress("alb_https_vpc", { ip_protocol: "tcp", from_port: 22, to_port: 22, ...WORLD })],
      only: "alb-*",
      cause: "22",
    },
  ],
};
