import { z } from "zod";
import type { Service } from "../../model/service.ts";
import type { Resource } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedHex } from "../derived.ts";
import { mapped, tagList } from "../mapping.ts";
import { createService, type Operation, operation, queryErrors } from "../operation.ts";
import { actionOf, conditionOf } from "./actions.ts";
import { loadBalancerAttributes, targetGroupAttributes } from "./attributes.ts";
import { described, mayDescribe } from "./elbv2-parts.ts";
import { loadBalancerMapping, targetGroupMapping } from "./shapes.ts";
import { usedTargetGroupArns } from "./used-target-groups.ts";

const noLoadBalancer = (names: readonly string[]) =>
  failed("LoadBalancerNotFound", `Load balancers '[${names.join(", ")}]' not found`);
const noListener = () => failed("ListenerNotFound", "One or more listeners not found");
const noTargetGroup = () => failed("TargetGroupNotFound", "One or more target groups not found");

/** Elastic Load Balancing (its second API), to be read: load balancers, listeners, rules, target groups and their targets. */
export function createLoadBalancing(parts: ControlPlaneParts): Service {
  return createService("elasticloadbalancing", parts.authorizer, queryErrors, {
    DescribeLoadBalancers: describeLoadBalancers(parts),
    DescribeLoadBalancerAttributes: loadBalancerAttributes(parts),
    DescribeListeners: describeListeners(parts),
    DescribeRules: describeRules(parts),
    DescribeTargetGroups: describeTargetGroups(parts),
    DescribeTargetGroupAttributes: targetGroupAttributes(parts),
    DescribeTargetHealth: describeTargetHealth(parts),
    DescribeTags: describeTags(parts),
  });
}

function describeLoadBalancers({ state }: ControlPlaneParts) {
  return described({
    operation: "DescribeLoadBalancers",
    member: "LoadBalancers",
    all: state.loadBalancers,
    chosenBy: { LoadBalancerArns: ({ arn }) => [arn], Names: ({ name }) => [name] },
    notFound: noLoadBalancer,
    shape: (loadBalancer) => mapped(loadBalancer, loadBalancerMapping(state)),
  });
}

function describeListeners({ state }: ControlPlaneParts) {
  return described({
    operation: "DescribeListeners",
    member: "Listeners",
    all: state.listeners,
    chosenBy: {
      LoadBalancerArn: ({ load_balancer_arn }) => [load_balancer_arn],
      ListenerArns: ({ arn }) => [arn],
    },
    // A load balancer without listeners is there all the same.
    notFound: (missing) =>
      missing.every((name) => state.loadBalancers.some(({ arn }) => arn === name))
        ? ok({ Listeners: [] })
        : missing.some((name) => name.includes(":listener/"))
          ? noListener()
          : noLoadBalancer(missing),
    shape: (listener) =>
      mapped(listener, {
        ListenerArn: "arn",
        LoadBalancerArn: "load_balancer_arn",
        Port: "port",
        Protocol: "protocol",
        Certificates: ({ certificate_arn }) => certificate_arn && [{ CertificateArn: certificate_arn }],
        SslPolicy: ({ protocol, ssl_policy }) => (["HTTPS", "TLS"].includes(protocol) ? ssl_policy : undefined),
        DefaultActions: ({ default_action }) => default_action.map(actionOf),
      }),
  });
}

/** Every listener has a default rule, which Terraform shows as the listener's default action. */
function describeRules({ state }: ControlPlaneParts) {
  const defaultRules = state.listeners.map((listener) => ({
    arn: `${listener.arn.replace(":listener/", ":listener-rule/")}/${derivedHex(`${listener.arn} default rule`, 16)}`,
    listenerArn: listener.arn,
    priority: "default",
    conditions: [],
    actions: listener.default_action,
  }));
  const rules = state.listenerRules
    .toSorted((a, b) => a.priority - b.priority)
    .map(({ arn, listener_arn, priority, condition, action }) => ({
      arn,
      listenerArn: listener_arn,
      priority: String(priority),
      conditions: condition.flatMap((each) => conditionOf(each) ?? []),
      actions: action,
    }));
  return described({
    operation: "DescribeRules",
    member: "Rules",
    all: [...rules, ...defaultRules],
    chosenBy: { ListenerArn: ({ listenerArn }) => [listenerArn], RuleArns: ({ arn }) => [arn] },
    notFound: (missing) =>
      missing.some((name) => name.includes(":listener-rule/"))
        ? failed("RuleNotFound", "One or more rules not found")
        : noListener(),
    shape: ({ arn, priority, conditions, actions }) => ({
      RuleArn: arn,
      Priority: priority,
      Conditions: conditions,
      Actions: actions.map(actionOf),
      IsDefault: priority === "default",
    }),
  });
}

function describeTargetGroups({ state }: ControlPlaneParts) {
  const used = usedTargetGroupArns(state);
  return described({
    operation: "DescribeTargetGroups",
    member: "TargetGroups",
    all: state.targetGroups,
    chosenBy: {
      LoadBalancerArn: ({ arn }) => used.get(arn) ?? [],
      TargetGroupArns: ({ arn }) => [arn],
      Names: ({ name }) => [name],
    },
    // A load balancer that forwards to no group is there all the same.
    notFound: (missing) =>
      missing.every((name) => state.loadBalancers.some(({ arn }) => arn === name))
        ? ok({ TargetGroups: [] })
        : missing.some((name) => name.includes(":loadbalancer/"))
          ? noLoadBalancer(missing)
          : noTargetGroup(),
    shape: (group) => mapped(group, targetGroupMapping(used)),
  });
}

function describeTargetHealth({ state, targetHealth }: ControlPlaneParts): Operation {
  const targetOf = (group: Resource<"targetGroups">, id: string, port: number | undefined) =>
    group.target_type === "lambda" ? { Id: id, AvailabilityZone: "all" } : { Id: id, Port: port ?? group.port };
  const notRegistered = { State: "unused", Reason: "Target.NotRegistered", Description: "Target is not registered" };
  return operation({
    input: z.object({
      TargetGroupArn: z.string(),
      Targets: z.array(z.object({ Id: z.string() })).optional(),
    }),
    access: mayDescribe("DescribeTargetHealth"),
    async run({ TargetGroupArn, Targets }) {
      const group = state.targetGroups.find(({ arn }) => arn === TargetGroupArn);
      if (group === undefined) return noTargetGroup();
      const attached = state.targetGroupAttachments.filter((each) => each.target_group_arn === TargetGroupArn);
      const wanted = Targets?.map(({ Id }) => Id) ?? attached.map(({ target_id }) => target_id);
      const descriptions = wanted.map(async (id) => {
        const attachment = attached.find(({ target_id }) => target_id === id);
        const Target = targetOf(group, id, attachment?.port);
        if (attachment === undefined) return { Target, TargetHealth: notRegistered };
        const health = await targetHealth.check(TargetGroupArn, id);
        if (health.state === "healthy") return { Target, TargetHealth: { State: "healthy" } };
        const { state: State, reason: Reason, description: Description } = health;
        return { Target, TargetHealth: { State, Reason, Description } };
      });
      return ok({ TargetHealthDescriptions: await Promise.all(descriptions) });
    },
  });
}

function describeTags({ state }: ControlPlaneParts): Operation {
  const tagged = [...state.loadBalancers, ...state.listeners, ...state.targetGroups];
  return operation({
    input: z.object({ ResourceArns: z.array(z.string()).min(1).max(20) }),
    access: mayDescribe("DescribeTags"),
    run({ ResourceArns }) {
      const TagDescriptions: unknown[] = [];
      for (const ResourceArn of ResourceArns) {
        const found = tagged.find(({ arn }) => arn === ResourceArn);
        if (found === undefined) return notTagged(ResourceArn);
        TagDescriptions.push({ ResourceArn, Tags: tagList(found.tags_all) });
      }
      return ok({ TagDescriptions });
    },
  });
}

function notTagged(arn: string) {
  if (arn.includes(":targetgroup/")) return noTargetGroup();
  return arn.includes(":listener/") ? noListener() : noLoadBalancer([arn]);
}
