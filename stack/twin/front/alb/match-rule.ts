import { remembered } from "../../model/remembered.ts";
import { isInRange } from "../../network/address-range.ts";
import { type AlbRequest, queryPairs } from "./alb-request.ts";
import type { ActionConfig, ConditionConfig, ListenerConfig } from "./load-balancer-config.ts";

/** The listener with its rules in the order in which they are tried. */
export function inOrder(listener: ListenerConfig): ListenerConfig {
  return { ...listener, rules: [...listener.rules].sort((left, right) => left.priority - right.priority) };
}

/** The actions of the first rule whose conditions all hold, else the listener's default actions. */
export function actionsFor(listener: ListenerConfig, request: AlbRequest): readonly ActionConfig[] {
  const rule = listener.rules.find(({ conditions }) => conditions.every((condition) => holds(condition, request)));
  return rule?.actions ?? listener.defaultActions;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function holds(condition: ConditionConfig, request: AlbRequest): boolean {
  switch (condition.kind) {
    case "path-pattern":
      return condition.values.some((pattern) => inCase(pattern).test(request.path));
    case "host-header": {
      const host = (request.headers.get("host")?.[0] ?? "").replace(/:\d+$/, "");
      return condition.values.some((pattern) => inAnyCase(pattern).test(host));
    }
    case "http-request-method":
      return condition.values.includes(request.method);
    case "http-header": {
      const values = request.headers.get(condition.name.toLowerCase()) ?? [];
      return condition.values.some((pattern) => values.some((value) => inAnyCase(pattern).test(value)));
    }
    case "query-string":
      return condition.pairs.some(({ key, value }) =>
        queryPairs(request.query).some(
          ([name, given]) => (key === undefined || inAnyCase(key).test(name)) && inAnyCase(value).test(given),
        ),
      );
    case "source-ip":
      return condition.values.some((block) => isInRange(request.clientIp, block));
    default:
      return condition satisfies never;
  }
}

/** Compiled once: there are as many as the stack's rules have values. */
const inCase = remembered((pattern) => new RegExp(`^${wildcardSource(pattern)}$`, "s"));
const inAnyCase = remembered((pattern) => new RegExp(`^${wildcardSource(pattern)}$`, "is"));

function wildcardSource(pattern: string): string {
  return pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
}
