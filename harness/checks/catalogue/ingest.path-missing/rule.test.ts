import { describe, expect, it } from "vitest";
import type { ListenerCondition, ListenerRule } from "../../../model/settings/load-balancer-setting.ts";
import { verdictsOf } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { ingestPathMissing } from "./rule.ts";

const CONTEXT = { ...contextOf("alb"), entryRequest: { method: "POST", url: "http://web.example/events" } };
const judge = (account: AccountBuilder, context: ReturnType<typeof contextOf> = CONTEXT) =>
  verdictsOf(ingestPathMissing, account, context);

const ALB = "load balancer stackproof-dev-alb";
const FUNCTION = `function ${NAMES.ingest}`;
const HEALTHY = [`pass ${ALB}`, `pass ${FUNCTION}`];
const NO_WAY = [`fail ${ALB}`, `pass ${FUNCTION}`];
const OTHER_GROUP = ARNS.targetGroup.replace("66fb4f61a959f9b4", "0000000000000000");

function rule(priority: string, conditions: readonly ListenerCondition[], forwardsTo: readonly string[]): ListenerRule {
  return {
    arn: priority,
    priority,
    conditions,
    forwardsTo,
    action: forwardsTo.length > 0 ? "forward" : "fixed-response",
  };
}
const when = (field: string, ...values: readonly string[]): ListenerCondition => ({
  field,
  httpHeaderName: field === "http-header" ? "X-Verify" : "",
  values,
  regexValues: [],
});
const regex = (expression: string): ListenerCondition => ({ ...when("path-pattern"), regexValues: [expression] });
const NOT_FOUND = rule("default", [], []);

function rules(...list: readonly ListenerRule[]): AccountBuilder {
  return healthyAccount().change("listeners", ARNS.loadBalancer, ({ listeners }) => ({
    listeners: listeners.map((listener) => ({ ...listener, rules: list })),
  }));
}

function environment(variables: Readonly<Record<string, string | null>>): AccountBuilder {
  return healthyAccount().change("function", NAMES.ingest, () => ({ environment: variables }));
}

function otherGroup(account: AccountBuilder, functionArn: string): AccountBuilder {
  return account.with({
    ...account.get("target-group", ARNS.targetGroup),
    arn: OTHER_GROUP,
    targets: [{ id: functionArn, health: "healthy", reason: "" }],
  });
}

describe("ingest.path-missing holds", () => {
  it.each([
    ["as the reference stack is", healthyAccount()],
    [
      "by a rule for the path",
      rules(rule("1", [when("path-pattern", "/events", "/health")], [ARNS.targetGroup]), NOT_FOUND),
    ],
    ["by a rule with a wildcard", rules(rule("1", [when("path-pattern", "/ev*")], [ARNS.targetGroup]), NOT_FOUND)],
    [
      "by a rule for host and method",
      rules(
        rule("1", [when("host-header", "*.EXAMPLE"), when("http-request-method", "POST")], [ARNS.targetGroup]),
        NOT_FOUND,
      ),
    ],
    [
      "after rules for other paths",
      rules(rule("1", [when("path-pattern", "/admin/*")], [OTHER_GROUP]), rule("default", [], [ARNS.targetGroup])),
    ],
    [
      "after a rule for a header that nobody sends",
      rules(rule("1", [when("http-header", "secret")], [OTHER_GROUP]), rule("default", [], [ARNS.targetGroup])),
    ],
    [
      "by a rule whose regular expression fits a part of the path",
      rules(rule("1", [regex("^/ev")], [ARNS.targetGroup]), NOT_FOUND),
    ],
    [
      "after a rule whose regular expression fits a part of the path",
      rules(rule("1", [regex("/ev")], [OTHER_GROUP]), rule("default", [], [ARNS.targetGroup])),
    ],
    ["with two groups by weight", rules(rule("default", [], [OTHER_GROUP, ARNS.targetGroup]))],
    [
      "through another target group of the function",
      otherGroup(rules(rule("default", [], [OTHER_GROUP])), ARNS.ingest),
    ],
    ["through an alias of the function", otherGroup(rules(rule("default", [], [OTHER_GROUP])), `${ARNS.ingest}:live`)],
    ["with the stream's ARN in the environment", environment({ STREAM: ARNS.stream, OTHER: null })],
    [
      "with the stream's name in a JSON value",
      environment({ CONFIG: JSON.stringify([NAMES.contentTable, NAMES.stream]) }),
    ],
    ["with the stream's ARN in a JSON value", environment({ CONFIG: JSON.stringify({ out: [{ arn: ARNS.stream }] }) })],
  ])("%s", (_, account) => {
    expect(judge(account)).toEqual(HEALTHY);
  });

  it("where the URL is not known and some rule leads to the function", () => {
    const account = rules(rule("1", [when("path-pattern", "/whatever")], [ARNS.targetGroup]), NOT_FOUND);
    expect(judge(account, contextOf("alb"))).toEqual(HEALTHY);
  });

  it("on the listener that the URL means", () => {
    const account = rules(NOT_FOUND).change("listeners", ARNS.loadBalancer, ({ listeners }) => ({
      listeners: [
        ...listeners,
        ...listeners.map((one) => ({ ...one, port: 8080, rules: [rule("default", [], [ARNS.targetGroup])] })),
      ],
    }));
    const url = "http://web.example:8080/events";
    expect(judge(account, { ...CONTEXT, entryRequest: { method: "POST", url } })).toEqual(HEALTHY);
    expect(judge(account)).toEqual(NO_WAY);
  });

  it("for a pipeline without a stream, by the way alone", () => {
    expect(judge(environment({}), { ...CONTEXT, ...contextOf("alb", { stream: undefined }) })).toEqual([`pass ${ALB}`]);
  });
});

describe("ingest.path-missing fails", () => {
  it.each([
    [
      "without a listener",
      healthyAccount().change("listeners", ARNS.loadBalancer, () => ({ listeners: [] })),
      "client-entry",
    ],
    ["where the default rule answers by itself", rules(NOT_FOUND), "entry-function"],
    [
      "where the rule is for another path",
      rules(rule("1", [when("path-pattern", "/ingest")], [ARNS.targetGroup]), NOT_FOUND),
      "entry-function",
    ],
    [
      "where the path's case differs",
      rules(rule("1", [when("path-pattern", "/Events")], [ARNS.targetGroup]), NOT_FOUND),
      "entry-function",
    ],
    [
      "where the rule is for another method",
      rules(rule("1", [when("http-request-method", "GET")], [ARNS.targetGroup]), NOT_FOUND),
      "entry-function",
    ],
    [
      "where the rule is for another host",
      rules(rule("1", [when("host-header", "other.example")], [ARNS.targetGroup]), NOT_FOUND),
      "entry-function",
    ],
    [
      "where the rule's regular expression is for another path",
      rules(rule("1", [regex("^/ingest")], [ARNS.targetGroup]), NOT_FOUND),
      "entry-function",
    ],
    [
      "where an earlier rule takes the path",
      rules(rule("1", [when("path-pattern", "/*")], []), rule("default", [], [ARNS.targetGroup])),
      "entry-function",
    ],
    [
      "where the rule leads to another function",
      otherGroup(rules(rule("default", [], [OTHER_GROUP])), ARNS.content),
      "entry-function",
    ],
  ])("%s", (_, account, cut) => {
    expect(judge(account)).toEqual(NO_WAY);
    expect(ingestPathMissing.judge(account.build(), CONTEXT)[0]).toMatchObject({ cuts: [cut] });
  });

  it("where HTTP is redirected, with the rule that does it", () => {
    const redirect: ListenerRule = { ...NOT_FOUND, action: "redirect" };
    expect(ingestPathMissing.judge(rules(redirect).build(), CONTEXT)[0]).toMatchObject({
      verdict: "fail",
      evidence: ["HTTP 80, rule default: redirect"],
      cause: expect.stringContaining("does not lead to stackproof-dev-ingest"),
    });
  });

  it("where a sign-in stands before the way to the function", () => {
    const signIn: ListenerRule = { ...rule("default", [], [ARNS.targetGroup]), action: "authenticate-oidc" };
    expect(judge(rules(signIn))).toEqual(NO_WAY);
  });

  it("where the function does not exist, and says nothing else", () => {
    expect(judge(healthyAccount().absent("function", NAMES.ingest))).toEqual([`fail ${FUNCTION}`]);
  });

  it.each([
    ["without variables", environment({})],
    ["with the name of another stream", environment({ STREAM_NAME: "other" })],
    ["with other streams in a JSON value", environment({ CONFIG: JSON.stringify([`${ARNS.stream}-other`]) })],
    ["with the name of something else", environment({ STREAM_NAME: NAMES.contentTable })],
    ["with the ARN of another stream", environment({ STREAM_NAME: `${ARNS.stream}-other` })],
  ])("where the function does not know the stream: %s", (_, account) => {
    expect(judge(account)).toEqual([`pass ${ALB}`, `fail ${FUNCTION}`]);
    expect(ingestPathMissing.judge(account.build(), CONTEXT)[1]).toMatchObject({ cuts: ["function-stream"] });
  });
});

describe("ingest.path-missing does not know", () => {
  it.each([
    ["the listeners", healthyAccount().unread("listeners", ARNS.loadBalancer, "elasticloadbalancing:DescribeRules")],
    ["where another target group leads", rules(rule("default", [], [OTHER_GROUP]))],
  ])("%s", (_, account) => {
    expect(judge(account)).toEqual([`unknown ${ALB}`, `pass ${FUNCTION}`]);
  });

  it.each([
    ["is withheld, since it may be a secret", { STREAM_NAME: null }],
    ["is withheld, beside the name of another stream", { OTHER_STREAM: "other", CONFIG: null }],
    ["is a path of Parameter Store", { STREAM: "/shop/prod/stream-name" }],
    ["is the ARN of a parameter", { STREAM: "arn:aws:ssm:us-east-1:123456789012:parameter/stream-name" }],
    ["is the name of a parameter", { STREAM_NAME_PARAMETER: "stream-name", TABLE: NAMES.contentTable }],
    ["is the name of a parameter, in another spelling", { streamParamName: "stream-name" }],
    ["is the name of a secret", { CONFIG_SECRET_ID: "stream-name" }],
  ])("where the function puts events, where a variable's value %s: events show that", (_, variables) => {
    expect(judge(environment(variables))).toEqual([`pass ${ALB}`, `off ${FUNCTION}`]);
  });

  it("variables that are not shown", () => {
    const account = environment({}).change("function", NAMES.ingest, () => ({
      environmentError: "AccessDeniedException",
    }));
    expect(judge(account)[1]).toBe(`unknown ${FUNCTION}`);
  });
});

describe("ingest.path-missing leaves to others", () => {
  it("a target group in which the function is missing, and a load balancer that does not exist", () => {
    const detached = healthyAccount().change("target-group", ARNS.targetGroup, () => ({ targets: [] }));
    expect(judge(detached)).toEqual(HEALTHY);
    expect(judge(healthyAccount().absent("listeners", ARNS.loadBalancer))).toEqual([`pass ${FUNCTION}`]);
  });
});
