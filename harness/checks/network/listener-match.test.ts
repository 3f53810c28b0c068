import { describe, expect, it } from "vitest";
import type { ListenerCondition } from "../../model/settings/load-balancer-setting.ts";
import { matchRule } from "./listener-match.ts";

const REQUEST = { method: "POST", url: new URL("http://api.example/v1/events?kind=order&dry") };

function match(...conditions: readonly Partial<ListenerCondition>[]) {
  const whole = conditions.map((condition) => ({
    field: "",
    httpHeaderName: "",
    values: [],
    regexValues: [],
    ...condition,
  }));
  return matchRule({ arn: "", priority: "1", conditions: whole, forwardsTo: [], action: "forward" }, REQUEST);
}

describe("matchRule", () => {
  it("takes every request without conditions", () => {
    expect(match()).toBe("yes");
  });

  it.each([
    ["path-pattern", ["/v1/events"], "yes"],
    ["path-pattern", ["/v1/*"], "yes"],
    ["path-pattern", ["/v?/events"], "yes"],
    ["path-pattern", ["/health", "/v1/*"], "yes"],
    ["path-pattern", ["/V1/*"], "no"],
    ["path-pattern", ["/v1"], "no"],
    ["host-header", ["API.example"], "yes"],
    ["host-header", ["*.example"], "yes"],
    ["host-header", ["example"], "no"],
    ["http-request-method", ["GET", "POST"], "yes"],
    ["http-request-method", ["post"], "no"],
    ["query-string", ["kind=ORDER"], "yes"],
    ["query-string", ["order"], "yes"],
    ["query-string", ["kind=item"], "no"],
    ["source-ip", ["10.0.0.0/8"], "maybe"],
  ] as const)("%s %j: %s", (field, values, expected) => {
    expect(match({ field, values })).toBe(expected);
  });

  it.each([
    ["path-pattern", "/v[12]/events", "yes"],
    ["path-pattern", "^/v1/.*$", "yes"],
    ["path-pattern", "/v[34]/events", "no"],
    ["path-pattern", "^/events", "no"],
    ["path-pattern", "/V1/events", "no"],
    ["host-header", "api\\.example", "yes"],
    ["host-header", "web\\.example", "no"],
  ] as const)("reads regular expressions: %s %s: %s", (field, expression, expected) => {
    expect(match({ field, regexValues: [expression] })).toBe(expected);
  });

  it.each([
    ["a part of the path", "path-pattern", "/v[12]"],
    ["the path's begin", "path-pattern", "^/v1/"],
    ["the path's end", "path-pattern", "events$"],
    ["a host in another case", "host-header", "API\\.example"],
    ["an option that it cannot read", "path-pattern", "(?i)/V1/.*"],
    ["an anchor of another dialect", "path-pattern", "\\A/v1/.*\\z"],
    ["a class of another dialect", "path-pattern", "/v[[:digit:]]/events"],
  ] as const)("is not sure whether a regular expression matches by %s", (_, field, expression) => {
    expect(match({ field, regexValues: [expression] })).toBe("maybe");
  });

  it("tries every expression of a condition", () => {
    expect(match({ field: "path-pattern", regexValues: ["/v1", "/v1/.*"] })).toBe("yes");
    expect(match({ field: "path-pattern", regexValues: ["/v2", "/v1"] })).toBe("maybe");
  });

  it("knows which headers are sent", () => {
    expect(match({ field: "http-header", httpHeaderName: "X-Origin-Verify", values: ["*"] })).toBe("no");
    expect(match({ field: "http-header", httpHeaderName: "User-Agent", values: ["curl*"] })).toBe("maybe");
    expect(match({ field: "http-header", httpHeaderName: "Host", values: ["api.*"] })).toBe("yes");
  });

  it("wants all conditions", () => {
    expect(match({ field: "source-ip" }, { field: "path-pattern", values: ["/other"] })).toBe("no");
    expect(match({ field: "source-ip" }, { field: "path-pattern", values: ["/*"] })).toBe("maybe");
  });
});
