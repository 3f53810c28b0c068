import { describe, expect, it } from "vitest";
import type { ActionConfig, ListenerRuleConfig } from "./index.ts";
import { dnsName, front, targetGroup } from "./testing/served-alb.ts";

describe("a listener's rules", () => {
  const answering = (body: string): ActionConfig => ({
    kind: "fixed-response",
    status: 200,
    contentType: "text/plain",
    body,
  });
  const rules: ListenerRuleConfig[] = [
    {
      priority: 30,
      conditions: [
        { kind: "path-pattern", values: ["/*"] },
        { kind: "source-ip", values: ["10.0.0.0/8"] },
      ],
      actions: [answering("inside")],
    },
    {
      priority: 20,
      conditions: [{ kind: "path-pattern", values: ["/a?c/*", "/exact"] }],
      actions: [answering("path")],
    },
    {
      priority: 10,
      conditions: [
        { kind: "path-pattern", values: ["/abc/*"] },
        { kind: "http-request-method", values: ["DELETE"] },
      ],
      actions: [answering("path and method")],
    },
    { priority: 40, conditions: [{ kind: "host-header", values: ["*.EXAMPLE.com"] }], actions: [answering("host")] },
    {
      priority: 50,
      conditions: [{ kind: "http-header", name: "X-Kind", values: ["tes*"] }],
      actions: [answering("header")],
    },
    {
      priority: 60,
      conditions: [
        {
          kind: "query-string",
          pairs: [
            { key: "v", value: "1*" },
            { key: undefined, value: "any" },
          ],
        },
      ],
      actions: [answering("query")],
    },
    {
      priority: 70,
      conditions: [
        { kind: "source-ip", values: ["203.0.113.0/24"] },
        { kind: "path-pattern", values: ["/net"] },
      ],
      actions: [answering("source")],
    },
  ];

  it.each([
    ["/abc/x", {}, "path"],
    ["/ABC/x", {}, "default"],
    ["/exact", {}, "path"],
    ["/abc/x", { method: "DELETE" as const }, "path and method"],
    ["/", { headers: { host: "www.example.com" } }, "host"],
    ["/", { headers: { "x-kind": "Test" } }, "header"],
    ["/?v=12", {}, "query"],
    ["/?x=any", {}, "query"],
    ["/?v=2", {}, "default"],
    ["/net", {}, "source"],
  ])("lead %s with %j to %s", async (path, options, body) => {
    const { send } = await front({ rules, defaultActions: [answering("default")] });
    expect((await send(path, options)).body).toBe(body);
  });

  it("redirect", async () => {
    const { send } = await front({
      defaultActions: [
        {
          kind: "redirect",
          status: 301,
          protocol: "HTTPS",
          host: "#{host}",
          port: "443",
          path: "/#{path}",
          query: "#{query}",
        },
      ],
    });
    expect(await send("/a/b?c=d")).toMatchObject({
      status: 301,
      headers: { location: `https://${dnsName}:443/a/b?c=d` },
    });
  });

  it("share requests out by weight", async () => {
    const targetGroups = [
      { arn: "arn:none", weight: 1 },
      { arn: targetGroup.arn, weight: 1 },
    ];
    const { send, invoked } = await front({ defaultActions: [{ kind: "forward", targetGroups }] });
    expect((await send("/")).status).toBe(200);
    expect(invoked).toHaveLength(1);
  });

  it("answer 500 where the twin lacks the action, and count it", async () => {
    const { send, ports } = await front({ defaultActions: [{ kind: "unsupported", type: "authenticate-oidc" }] });
    expect((await send("/")).status).toBe(500);
    expect(ports.unimplemented.counts()).toEqual([
      { service: "elasticloadbalancing", operation: "action authenticate-oidc", count: 1 },
    ]);
  });
});
