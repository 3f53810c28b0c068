import type { Failures } from "../../../failures/variant.ts";
import { loadBalancerSubnets, publicDefaultRoute } from "../../../testing/network.ts";
import { outputList, resourceLike, setValues } from "../../../testing/state.ts";

const ALB = "alb-*";
const UNREACHED = ["entry.failing at alb-to-table / entry"];

export const failures: Failures = {
  variants: [
    {
      way: "the load balancer is internal",
      changes: [setValues("aws_lb", { internal: true })],
      cause: "is internal",
      stops: UNREACHED,
    },
    {
      way: "the load balancer is in the private subnets",
      changes: [loadBalancerSubnets(outputList("private_subnet_ids"))],
      only: ALB,
      cause: "no active route 0.0.0.0/0 to an internet gateway",
      stops: UNREACHED,
    },
    {
      way: "the public subnets have no default route",
      changes: [publicDefaultRoute(undefined)],
      only: ALB,
      cause: "no active route 0.0.0.0/0 to an internet gateway",
      stops: UNREACHED,
    },
    {
      way: "the public subnets lead to a NAT gateway",
      changes: [publicDefaultRoute({ nat_gateway_id: String(resourceLike("aws_nat_gateway").values["id"]) })],
      only: ALB,
      cause: "no active route 0.0.0.0/0 to an internet gateway",
      stops: UNREACHED,
    },
  ],
};
