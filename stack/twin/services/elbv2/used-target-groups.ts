import type { TwinState } from "../../state/twin-state.ts";
import { forwardTargets } from "./actions.ts";

/** By target group: the load balancers whose listeners or rules forward to it. */
export function usedTargetGroupArns(state: TwinState): ReadonlyMap<string, readonly string[]> {
  const used = new Map<string, string[]>();
  const use = (targetGroupArn: string, loadBalancerArn: string) => {
    const users = used.get(targetGroupArn) ?? [];
    if (!users.includes(loadBalancerArn)) users.push(loadBalancerArn);
    used.set(targetGroupArn, users);
  };
  for (const listener of state.listeners) {
    const rules = state.listenerRules.filter(({ listener_arn }) => listener_arn === listener.arn);
    const actions = [...listener.default_action, ...rules.flatMap(({ action }) => action)];
    for (const { arn } of actions.flatMap(forwardTargets)) use(arn, listener.load_balancer_arn);
  }
  return used;
}
