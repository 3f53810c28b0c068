import { describe, expect, it } from "vitest";
import { type ContextValues, RequestContext } from "../request-context.ts";
import { compileCondition } from "./condition.ts";

type Values = readonly string[];
type Case = readonly [operator: string, key: string, values: Values, context: ContextValues, meets: boolean];

function meets(operator: string, key: string, values: Values, context: ContextValues): boolean | "no operator" {
  const test = compileCondition({ operator, key, values }, "2012-10-17");
  return test === undefined ? "no operator" : test(new RequestContext(context));
}

const arn = "arn:aws:s3:::bucket";

const cases: readonly Case[] = [
  ["StringEquals", "k", ["a"], { k: "a" }, true],
  ["StringEquals", "K", ["a"], { k: "a" }, true],
  ["StringEquals", "k", ["A"], { k: "a" }, false],
  ["StringEquals", "k", ["a*"], { k: "ab" }, false],
  ["StringEquals", "k", ["b", "a"], { k: "a" }, true],
  ["StringEquals", "k", ["a"], {}, false],
  ["StringEqualsIfExists", "k", ["a"], {}, true],
  ["StringEqualsIfExists", "k", ["a"], { k: "b" }, false],
  ["StringNotEquals", "k", ["a"], { k: "b" }, true],
  ["StringNotEquals", "k", ["a", "b"], { k: "b" }, false],
  ["StringNotEquals", "k", ["a"], {}, true],
  ["StringNotEqualsIfExists", "k", ["a"], {}, true],
  ["StringEqualsIgnoreCase", "k", ["ABC"], { k: "abc" }, true],
  ["StringNotEqualsIgnoreCase", "k", ["ABC"], { k: "abc" }, false],
  ["StringLike", "k", ["a*c?"], { k: "abbbcd" }, true],
  ["StringLike", "k", ["a*"], { k: "ba" }, false],
  ["StringLike", "k", [`a\${*}`], { k: "a*" }, true],
  ["StringLike", "k", [`a\${*}`], { k: "ab" }, false],
  ["StringNotLike", "k", ["a*"], { k: "ab" }, false],
  ["StringNotLike", "k", ["a*"], {}, true],
  ["ArnEquals", "k", ["arn:aws:s3:::*"], { k: arn }, true],
  ["ArnLike", "k", ["arn:aws:s3:::buck?t"], { k: arn }, true],
  ["ArnLike", "k", ["arn:aws:sqs:*"], { k: arn }, false],
  ["ArnLike", "k", [`${arn}-other`], { k: arn }, false],
  ["ArnNotLike", "k", ["arn:aws:s3:::b*"], { k: arn }, false],
  ["ArnNotEquals", "k", ["arn:aws:sqs:*:*:*"], { k: arn }, true],
  ["Bool", "k", ["true"], { k: "true" }, true],
  ["Bool", "k", ["True"], { k: "true" }, true],
  ["Bool", "k", ["false"], { k: "true" }, false],
  ["Bool", "k", ["false"], {}, false],
  ["BoolIfExists", "k", ["false"], {}, true],
  ["Null", "k", ["true"], {}, true],
  ["Null", "k", ["true"], { k: "a" }, false],
  ["Null", "k", ["false"], { k: "a" }, true],
  ["Null", "k", ["false"], { k: [] }, false],
  ["NumericEquals", "k", ["10"], { k: "10.0" }, true],
  ["NumericNotEquals", "k", ["10"], { k: "11" }, true],
  ["NumericLessThan", "k", ["10"], { k: "9" }, true],
  ["NumericLessThan", "k", ["10"], { k: "10" }, false],
  ["NumericLessThanEquals", "k", ["10"], { k: "10" }, true],
  ["NumericGreaterThan", "k", ["1.2"], { k: "1.3" }, true],
  ["NumericGreaterThanEquals", "k", ["10"], { k: "ten" }, false],
  ["DateLessThan", "k", ["2026-01-01T00:00:00Z"], { k: "2025-12-31T23:59:59Z" }, true],
  ["DateGreaterThan", "k", ["2026-01-01"], { k: "2025-12-31T23:59:59Z" }, false],
  ["DateGreaterThan", "k", ["1767225600"], { k: "2026-01-01T00:00:01Z" }, true],
  ["DateEquals", "k", ["2026-01-01T00:00:00Z"], { k: "1767225600" }, true],
  ["DateNotEquals", "k", ["2026-01-01T00:00:00Z"], { k: "1767225600" }, false],
  ["IpAddress", "k", ["203.0.113.0/24"], { k: "203.0.113.9" }, true],
  ["IpAddress", "k", ["203.0.113.0/24"], { k: "203.0.114.9" }, false],
  ["IpAddress", "k", ["203.0.113.9"], { k: "203.0.113.9" }, true],
  ["IpAddress", "k", ["2001:db8::/32"], { k: "2001:db8:1::5" }, true],
  ["IpAddress", "k", ["0.0.0.0/0"], { k: "2001:db8::1" }, false],
  ["NotIpAddress", "k", ["203.0.113.0/24"], { k: "198.51.100.1" }, true],
  ["BinaryEquals", "k", ["QmluYXJ5"], { k: "QmluYXJ5" }, true],
  ["ForAllValues:StringEquals", "k", ["a", "b"], { k: ["a", "b"] }, true],
  ["ForAllValues:StringEquals", "k", ["a", "b"], { k: ["a", "c"] }, false],
  ["ForAllValues:StringEquals", "k", ["a"], {}, true],
  ["ForAnyValue:StringEquals", "k", ["a", "b"], { k: ["c", "a"] }, true],
  ["ForAnyValue:StringEquals", "k", ["a"], { k: ["c"] }, false],
  ["ForAnyValue:StringEquals", "k", ["a"], {}, false],
  ["ForAnyValue:StringLike", "k", ["a*"], { k: ["x", "ab"] }, true],
  ["ForAllValues:StringNotEquals", "k", ["a"], { k: ["b", "c"] }, true],
  ["ForAllValues:StringNotEquals", "k", ["a"], { k: ["b", "a"] }, false],
  ["ForAnyValue:StringNotEquals", "k", ["a"], { k: ["b", "a"] }, true],
  ["stringequals", "k", ["a"], { k: "a" }, true],
];

describe("a condition", () => {
  it.each(cases)("%s on %s with %j meets %j: %s", (operator, key, values, context, expected) => {
    expect(meets(operator, key, values, context)).toBe(expected);
  });

  it.each(["StringEqual", "ForSomeValues:StringEquals", "NullIfExists", "constructor"])("%s is no operator", (name) => {
    expect(meets(name, "k", ["a"], {})).toBe("no operator");
  });
});
