import type { StatementJson } from "../../testing/policy-of.ts";
import type { RequestContext } from "../request.ts";
import { allow, deny, documented, iamPage } from "./testing/documented.ts";

type Condition = NonNullable<StatementJson["Condition"]>;

const given = (Condition: Condition, context: RequestContext) => ({ identity: [allow({ Condition })], context });
const denied = (Condition: Condition, context: RequestContext) => ({
  identity: [allow(), deny({ Condition })],
  context,
});

const ODD_ARN = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
const FINANCE = "arn:aws:someservice:*:111122223333:finance/*";
const at = (time: string) => ({ "aws:CurrentTime": time });
const from = (address: string) => ({ "aws:SourceIp": address });

documented(
  iamPage("IAM JSON policy elements: Condition operators", "reference_policies_elements_condition_operators"),
  [
    ["StringEquals", "allowed", given({ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "a" })],
    ["StringEquals is case-sensitive", "denied", given({ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": "A" })],
    ["StringEquals has no wildcards", "denied", given({ StringEquals: { "s3:prefix": "a*" } }, { "s3:prefix": "ab" })],
    [
      "StringEqualsIgnoreCase",
      "allowed",
      given({ StringEqualsIgnoreCase: { "s3:prefix": "a" } }, { "s3:prefix": "A" }),
    ],
    ["StringLike", "allowed", given({ StringLike: { "s3:prefix": "a?c*" } }, { "s3:prefix": "abcd" })],
    ["StringLike is case-sensitive", "denied", given({ StringLike: { "s3:prefix": "a*" } }, { "s3:prefix": "Ab" })],
    [
      "StringLike needs wildcards for a part",
      "denied",
      given({ StringLike: { "s3:prefix": "a" } }, { "s3:prefix": "ab" }),
    ],
    ["StringNotLike", "denied", given({ StringNotLike: { "s3:prefix": "a*" } }, { "s3:prefix": "ab" })],
    ["a key that is not there", "denied", given({ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": null })],
    [
      "a key that is not there, negated",
      "allowed",
      given({ StringNotEquals: { "s3:prefix": "a" } }, { "s3:prefix": null }),
    ],
    [
      "IfExists without the key",
      "allowed",
      given({ StringLikeIfExists: { "ec2:InstanceType": "t2.*" } }, { "ec2:InstanceType": null }),
    ],
    [
      "IfExists with another value",
      "denied",
      given({ StringLikeIfExists: { "ec2:InstanceType": "t2.*" } }, { "ec2:InstanceType": "m3.large" }),
    ],
    [
      "a Deny with a negated IfExists, without the key",
      "denied",
      denied({ StringNotEqualsIfExists: { "aws:RequestTag/a": "b" } }, { "aws:RequestTag/a": null }),
    ],
    ["Bool", "denied", denied({ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "false" })],
    [
      "Bool of a key that is not there",
      "allowed",
      denied({ Bool: { "aws:MultiFactorAuthPresent": "false" } }, { "aws:MultiFactorAuthPresent": null }),
    ],
    [
      "BoolIfExists of a key that is not there",
      "denied",
      denied({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, { "aws:MultiFactorAuthPresent": null }),
    ],
    [
      "NumericLessThanEquals",
      "allowed",
      given({ NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10" }),
    ],
    ["NumericNotEquals", "allowed", given({ NumericNotEquals: { "s3:max-keys": 1 } }, { "s3:max-keys": "2" })],
    ["NumericLessThan", "denied", given({ NumericLessThan: { "s3:max-keys": 10 } }, { "s3:max-keys": "10" })],
    [
      "NumericEquals of a decimal",
      "allowed",
      given({ NumericEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10.0" }),
    ],
    [
      "DateGreaterThan",
      "allowed",
      given({ DateGreaterThan: { "aws:CurrentTime": "2020-04-01T00:00:00Z" } }, at("2020-04-01T00:00:01Z")),
    ],
    [
      "DateLessThan",
      "denied",
      given({ DateLessThan: { "aws:CurrentTime": "2020-06-30T23:59:59Z" } }, at("2020-07-01T00:00:00Z")),
    ],
    [
      "DateEquals of epoch time",
      "allowed",
      given({ DateEquals: { "aws:CurrentTime": "1767225600" } }, at("2026-01-01T00:00:00Z")),
    ],
    [
      "DateEquals in another time zone",
      "allowed",
      given({ DateEquals: { "aws:CurrentTime": "2026-01-01T01:00:00+01:00" } }, at("2026-01-01T00:00:00Z")),
    ],
    [
      "DateGreaterThan of a month",
      "allowed",
      given({ DateGreaterThan: { "aws:CurrentTime": "2025-12" } }, at("2026-01-01T00:00:00Z")),
    ],
    [
      "BinaryEquals",
      "allowed",
      given({ BinaryEquals: { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }, { key: "QmluYXJ5VmFsdWVJbkJhc2U2NA==" }),
    ],
    [
      "IpAddress in the range",
      "allowed",
      given({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, from("203.0.113.255")),
    ],
    [
      "IpAddress out of the range",
      "denied",
      given({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, from("203.0.114.0")),
    ],
    [
      "IpAddress without a prefix is /32",
      "denied",
      given({ IpAddress: { "aws:SourceIp": "203.0.113.0" } }, from("203.0.113.1")),
    ],
    [
      "IpAddress of version 6",
      "allowed",
      given(
        { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
        from("2001:db8:1234:5678::9"),
      ),
    ],
    ["NotIpAddress", "denied", given({ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, from("203.0.113.9"))],
    [
      "ArnLike matches between colons",
      "denied",
      given({ ArnLike: { "aws:SourceArn": FINANCE } }, { "aws:SourceArn": ODD_ARN }),
    ],
    [
      "StringLike matches over colons",
      "allowed",
      given({ StringLike: { "aws:SourceArn": FINANCE } }, { "aws:SourceArn": ODD_ARN }),
    ],
    [
      "ArnEquals has wildcards as ArnLike has",
      "allowed",
      given({ ArnEquals: { "aws:SourceArn": "arn:aws:s3:::p*" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
    ],
    [
      "ArnLike is case-sensitive",
      "denied",
      given({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::P*" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
    ],
    [
      "ArnNotLike",
      "denied",
      given({ ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::p*" } }, { "aws:SourceArn": "arn:aws:s3:::photos" }),
    ],
    [
      "Null: true without the key",
      "allowed",
      given({ Null: { "aws:TokenIssueTime": "true" } }, { "aws:TokenIssueTime": null }),
    ],
    [
      "Null: true with the key",
      "denied",
      given({ Null: { "aws:TokenIssueTime": "true" } }, { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" }),
    ],
    [
      "Null: false with the key",
      "allowed",
      given({ Null: { "aws:TokenIssueTime": "false" } }, { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" }),
    ],
    [
      "Null: false with a key that has no value",
      "denied",
      given({ Null: { "aws:TagKeys": "false" } }, { "aws:TagKeys": [] }),
    ],
    [
      "Null: true with a key that has no value",
      "allowed",
      given({ Null: { "aws:TagKeys": "true" } }, { "aws:TagKeys": [] }),
    ],
  ],
);

const logic = "reference_policies_condition-logic-multiple-context-keys-or-values";
const pair = { "s3:prefix": "a", "s3:delimiter": "/" };
documented(iamPage("Conditions with multiple context keys or values", logic), [
  ["one of several values", "allowed", given({ StringEquals: { "s3:prefix": ["b", "a"] } }, pair)],
  [
    "several keys all have to match",
    "denied",
    given({ StringEquals: { "s3:prefix": "a", "s3:delimiter": "-" } }, pair),
  ],
  [
    "several operators all have to match",
    "denied",
    given({ StringEquals: { "s3:prefix": "a" }, StringLike: { "s3:delimiter": "-" } }, pair),
  ],
  [
    "none of several values may match a negated one",
    "denied",
    given({ StringNotEquals: { "s3:prefix": ["b", "a"] } }, pair),
  ],
  ["a key's name in another case", "allowed", given({ StringEquals: { "S3:PREFIX": "a" } }, pair)],
]);

const multivalued = "reference_policies_condition-single-vs-multi-valued-context-keys";
const tags = (...keys: readonly string[]) => ({ "aws:TagKeys": keys });
const every = { "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } };
const some = { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } };
documented(iamPage("Single-valued vs. multivalued context keys", multivalued), [
  ["ForAllValues of a subset", "allowed", given(every, tags("environment"))],
  ["ForAllValues of one too many", "denied", given(every, tags("environment", "cost-center"))],
  ["ForAllValues of the empty set", "allowed", given(every, tags())],
  ["ForAllValues without the key", "allowed", given(every, { "aws:TagKeys": null })],
  [
    "ForAllValues with Null: false, without the key",
    "denied",
    given({ ...every, Null: { "aws:TagKeys": "false" } }, { "aws:TagKeys": null }),
  ],
  [
    "ForAllValues with Null: false, of the empty set",
    "denied",
    given({ ...every, Null: { "aws:TagKeys": "false" } }, tags()),
  ],
  ["ForAnyValue of one that fits", "allowed", given(some, tags("cost-center", "webserver"))],
  ["ForAnyValue of none that fits", "denied", given(some, tags("cost-center"))],
  ["ForAnyValue of the empty set", "denied", given(some, tags())],
  ["ForAnyValue without the key", "denied", given(some, { "aws:TagKeys": null })],
]);

const examples = "reference_policies_condition_examples-multi-valued-context-keys";
const notKey1 = { "ForAllValues:StringNotLike": { "aws:TagKeys": "key1*" } };
documented(iamPage("Multivalued context key examples", examples), [
  ["ForAllValues:StringNotLike, one value that fits", "allowed", denied(notKey1, tags("key1:legal"))],
  ["ForAllValues:StringNotLike, values that all fit", "allowed", denied(notKey1, tags("key1:hr", "key1:personnel"))],
  ["ForAllValues:StringNotLike, a value that does not", "denied", denied(notKey1, tags("key2:audit"))],
  ["ForAllValues:StringNotLike, without the key", "denied", denied(notKey1, { "aws:TagKeys": null })],
]);
