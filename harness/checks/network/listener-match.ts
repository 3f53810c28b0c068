import type { ListenerCondition, ListenerRule } from "../../model/settings/load-balancer-setting.ts";
import { matchesGlob } from "../../model/wildcard.ts";

/** A request as a listener's rules see it. */
export interface ListenerRequest {
  readonly method: string;
  readonly url: URL;
}

/** `maybe`: it depends on what is not known before the request is made (address of the client, values of some headers). */
export type Match = "yes" | "maybe" | "no";

/**
 * Whether a rule takes a request: all its conditions hold.
 * docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function matchRule(rule: ListenerRule, request: ListenerRequest): Match {
  const matches = rule.conditions.map((condition) => matchCondition(condition, request));
  if (matches.includes("no")) return "no";
  return matches.includes("maybe") ? "maybe" : "yes";
}

function matchCondition(condition: ListenerCondition, { method, url }: ListenerRequest): Match {
  switch (condition.field) {
    case "path-pattern":
      return anyOf(condition, [url.pathname], true);
    case "host-header":
      return anyOf(condition, [url.hostname], false);
    case "http-request-method":
      return condition.values.includes(method) ? "yes" : "no";
    case "query-string": {
      const pairs = [...url.searchParams].flatMap(([key, value]) => [`${key}=${value}`, value]);
      return anyOf(condition, pairs, false);
    }
    case "http-header":
      return matchHeader(condition, url);
    default:
      return "maybe";
  }
}

/** Headers that every request has, with values that the sender's HTTP client chooses. */
const ALWAYS_SENT = ["user-agent", "accept", "accept-encoding", "content-type", "content-length", "connection"];

function matchHeader(condition: ListenerCondition, url: URL): Match {
  const name = condition.httpHeaderName.toLowerCase();
  if (name === "host") return anyOf(condition, [url.hostname], false);
  return ALWAYS_SENT.includes(name) ? "maybe" : "no";
}

/** Paths are compared with case, the rest without. A pattern must fit the whole text. */
function anyOf({ values, regexValues }: ListenerCondition, texts: readonly string[], withCase: boolean): Match {
  const fold = (text: string) => (withCase ? text : text.toLowerCase());
  if (values.some((value) => texts.some((text) => matchesGlob(fold(text), fold(value))))) return "yes";
  const matches = regexValues.flatMap((source) => texts.map((text) => matchExpression(source, text, withCase)));
  if (matches.includes("yes")) return "yes";
  return matches.includes("maybe") ? "maybe" : "no";
}

/** Escapes and classes that other dialects know, and that JavaScript reads as plain characters. */
const OTHER_DIALECT = /\\[AZzGQEhHRXKaC]|\\x\{|\[\[:/;

/**
 * AWS says which features a regular expression of a rule may use, and neither that it must fit the whole text nor that a part is
 * enough: what fits only a part may match. The same goes for case in what is otherwise compared without.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html
 */
function matchExpression(source: string, text: string, withCase: boolean): Match {
  if (OTHER_DIALECT.test(source)) return "maybe";
  try {
    if (new RegExp(`^(?:${source})$`).test(text)) return "yes";
    return new RegExp(source, withCase ? "" : "i").test(text) ? "maybe" : "no";
  } catch {
    return "maybe";
  }
}
