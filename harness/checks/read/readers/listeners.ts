import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenersSetting } from "../../../model/settings/load-balancer-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { allPages, allPagesIfAny } from "../pages.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required, together } from "../unread.ts";
import { toListenerRule } from "./listener-rule.ts";

const LISTENERS = "elasticloadbalancing:DescribeListeners";
const RULES = "elasticloadbalancing:DescribeRules";
const ABSENT = ["LoadBalancerNotFoundException", "LoadBalancerNotFound"];

export const listenersReader: Reader<"listeners"> = {
  kind: "listeners",
  namedBy: ({ loadBalancer }) => [loadBalancer],
  isLinked: false,

  /** ELB's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([LISTENERS, RULES], ["*"]),

  async read(loadBalancerArn, tools) {
    const elb = await tools.clients.elbv2();
    const listeners = await allPagesIfAny(LISTENERS, async (token) => {
      const page = await tools.askIfAny(LISTENERS, ABSENT, (options) =>
        elb.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancerArn, Marker: token }), options),
      );
      return page && { items: required(page.Listeners, "Listeners", LISTENERS), next: page.NextMarker };
    });
    if (listeners === undefined) return undefined;
    return {
      kind: "listeners",
      loadBalancerArn,
      listeners: await together(listeners.map((listener) => readListener(listener, elb, tools))),
    };
  },

  links: ({ listeners }) => {
    const groups = listeners.flatMap(({ rules }) => rules.flatMap(({ forwardsTo }) => forwardsTo));
    return groups.map((subject) => ({ kind: "target-group", subject }));
  },
};

async function readListener(
  listener: Listener,
  elb: ElasticLoadBalancingV2Client,
  { ask }: ReadTools,
): Promise<ListenersSetting["listeners"][number]> {
  const arn = required(listener.ListenerArn, "ListenerArn", LISTENERS);
  const rules = await allPages(RULES, async (token) => {
    const page = await ask(RULES, (options) =>
      elb.send(new DescribeRulesCommand({ ListenerArn: arn, Marker: token }), options),
    );
    return { items: required(page.Rules, "Rules", RULES), next: page.NextMarker };
  });
  return {
    arn,
    port: required(listener.Port, "Port", LISTENERS),
    protocol: required(listener.Protocol, "Protocol", LISTENERS),
    rules: rules
      .map((rule) => toListenerRule(rule, RULES))
      .sort((one, other) => orderOf(one.priority) - orderOf(other.priority)),
  };
}

/** In the order in which they are tried: by number, the default rule last. */
function orderOf(priority: string): number {
  return priority === "default" ? Number.POSITIVE_INFINITY : Number(priority);
}
