import type { ListenerRule, ListenersSetting } from "../../model/settings/load-balancer-setting.ts";
import type { RuleContext } from "../rule.ts";
import { type ListenerRequest, matchRule } from "./listener-match.ts";

export type Listener = ListenersSetting["listeners"][number];

/** A rule that takes, or may take, the request that carries events in. */
export interface EntryWay {
  readonly listener: Listener;
  readonly rule: ListenerRule;
}

/**
 * The listeners that the entry's URL means: those on its port; all of them where nothing listens there (a proxy stands in front that
 * connects to another port) or where the URL is not known.
 */
export function entryListeners(listeners: readonly Listener[], context: RuleContext): readonly Listener[] {
  const request = requestOf(context);
  if (request === undefined) return listeners;
  const port = Number(request.url.port) || (request.url.protocol === "https:" ? 443 : 80);
  const onPort = listeners.filter((listener) => listener.port === port);
  return onPort.length > 0 ? onPort : listeners;
}

/** What may become of the request at these listeners, rule by rule as the load balancer tries them. */
export function entryWays(listeners: readonly Listener[], context: RuleContext): readonly EntryWay[] {
  const request = requestOf(context);
  return entryListeners(listeners, context).flatMap((listener) => {
    if (request === undefined) return listener.rules.map((rule) => ({ listener, rule }));
    return rulesFor(listener.rules, request).map((rule) => ({ listener, rule }));
  });
}

/** The first rule that takes the request, and those before it that may. */
function rulesFor(rules: readonly ListenerRule[], request: ListenerRequest): ListenerRule[] {
  const ways: ListenerRule[] = [];
  for (const rule of rules) {
    const match = matchRule(rule, request);
    if (match !== "no") ways.push(rule);
    if (match === "yes") break;
  }
  return ways;
}

function requestOf({ entryRequest }: RuleContext): ListenerRequest | undefined {
  if (entryRequest === undefined || !URL.canParse(entryRequest.url)) return undefined;
  return { method: entryRequest.method, url: new URL(entryRequest.url) };
}
