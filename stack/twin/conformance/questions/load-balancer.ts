import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { byName, picked, type Question, type Questions } from "../question.ts";

/** The load balancer and what it leads to: A1, A3, A7, A10. */
export const loadBalancerQuestions: Questions = ({ loadBalancers, listeners, targetGroups }) => [
  ...loadBalancers.flatMap(({ arn }) => loadBalancerQuestionsOf(arn)),
  ...listeners.map(
    ({ arn }): Question => ({
      name: `elasticloadbalancing:DescribeRules ${arn}`,
      ask: async ({ elb }) => {
        const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: arn }));
        const rules = Rules?.map((rule) => picked(rule, "Priority", "IsDefault", "Conditions", "Actions"));
        return byName(rules, ({ Priority }) => Priority);
      },
    }),
  ),
  ...targetGroups.flatMap(({ arn }) => targetGroupQuestions(arn)),
];

const loadBalancerQuestionsOf = (arn: string): Question[] => [
  {
    name: `elasticloadbalancing:DescribeLoadBalancers ${arn}`,
    ask: async ({ elb }) => {
      const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
      return LoadBalancers?.map((loadBalancer) => ({
        ...picked(
          loadBalancer,
          ...(["LoadBalancerArn", "LoadBalancerName", "DNSName", "Scheme", "Type", "State", "VpcId"] as const),
          ...(["SecurityGroups", "IpAddressType", "CanonicalHostedZoneId"] as const),
        ),
        zones: byName(loadBalancer.AvailabilityZones, ({ SubnetId }) => SubnetId),
      }));
    },
  },
  {
    name: `elasticloadbalancing:DescribeLoadBalancerAttributes ${arn}`,
    ask: async ({ elb }) => {
      const read = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
      return byName(read.Attributes, ({ Key }) => Key);
    },
  },
  {
    name: `elasticloadbalancing:DescribeListeners ${arn}`,
    ask: async ({ elb }) => {
      const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
      const listeners = Listeners?.map((listener) =>
        picked(listener, "ListenerArn", "LoadBalancerArn", "Port", "Protocol", "Certificates", "DefaultActions"),
      );
      return byName(listeners, ({ ListenerArn }) => ListenerArn);
    },
  },
  {
    name: `elasticloadbalancing:DescribeTags ${arn}`,
    ask: async ({ elb }) => {
      const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
      return byName(TagDescriptions?.[0]?.Tags, ({ Key }) => Key);
    },
  },
];

const targetGroupQuestions = (arn: string): Question[] => [
  {
    name: `elasticloadbalancing:DescribeTargetGroups ${arn}`,
    ask: async ({ elb }) => (await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))).TargetGroups,
  },
  {
    name: `elasticloadbalancing:DescribeTargetGroupAttributes ${arn}`,
    ask: async ({ elb }) => {
      const read = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
      return byName(read.Attributes, ({ Key }) => Key);
    },
  },
  {
    name: `elasticloadbalancing:DescribeTargetHealth ${arn}`,
    ask: async ({ elb }) => {
      const read = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
      return byName(read.TargetHealthDescriptions, ({ Target }) => Target?.Id);
    },
  },
];
