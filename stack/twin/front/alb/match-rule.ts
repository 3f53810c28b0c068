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
      return condition.values.some((pattern) => wildcard(pattern, "").test(request.path));
    case "host-header": {
      const host = (request.headers.get("host")?.[0] ?? "").replace(/:\d+$/, "");
      return condition.values.some((pattern) => wildcard(pattern, "i").test(host));
    }
    case "http-request-method":
      return condition.values.includes(request.method);
    case "http-header": {
      const values = request.headers.get(condition.name.toLowerCase()) ?? [];
      return condition.values.some((pattern) => values.some((value) => wildcard(pattern, "i").test(value)));
    }
    case "query-string":
      return condition.pairs.some(({ key, value }) =>
        queryPairs(request.query).some(
          ([name, given]) => (key === undefined || wildcard(key, "i").test(name)) && wildcard(value, "i").test(given),
        ),
      );
    case "source-ip":
      return condition.values.some((block) => isInRange(request.clientIp, block));
    default:
      return condition satisfies never;
  }
}

/** Compiled once: there are as many as the stack's rules have values. */
const compiled = new Map<string, RegExp>();

function wildcard(pattern: string, flags: "" | "i"): RegExp {
  const known = compiled.get(flags + pattern);
  if (known !== undefined) return known;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, `${flags}s`);
  compiled.set(flags + pattern, expression);
  return expression;
}
