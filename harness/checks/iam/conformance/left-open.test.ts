import type { StatementJson } from "../../testing/policy-of.ts";
import type { RequestContext } from "../request.ts";
import { HOME } from "./testing/ask-both.ts";
import { allow, deny, iamPage, leftOpen, ofResource, ROLE, ROOT } from "./testing/documented.ts";

const given = (Condition: NonNullable<StatementJson["Condition"]>, context: RequestContext) => ({
  identity: [allow({ Condition })],
  context,
});
const variable = (name: string) => `\${${name}}`;

leftOpen(iamPage("IAM JSON policy elements: Condition operators", "reference_policies_elements_condition_operators"), [
  ["whether 1e3 is a number", "denied", given({ NumericEquals: { "s3:max-keys": "1e3" } }, { "s3:max-keys": "1000" })],
  [
    "whether spaces around a number count",
    "denied",
    given({ NumericEquals: { "s3:max-keys": "5" } }, { "s3:max-keys": " 5" }),
  ],
  [
    "whether four digits are a year or seconds",
    "denied",
    given({ DateLessThan: { "aws:CurrentTime": "2026" } }, { "aws:CurrentTime": "2026-01-01T00:00:00Z" }),
  ],
  [
    "what a time without a zone is",
    "denied",
    given(
      { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00" } },
      { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
    ),
  ],
  [
    "what a date in words is",
    "denied",
    given({ DateLessThan: { "aws:CurrentTime": "1 Jan 2027" } }, { "aws:CurrentTime": "2026-01-01T00:00:00Z" }),
  ],
  [
    "how a text that is no ARN compares with one",
    "allowed",
    given({ ArnLike: { "aws:SourceArn": "p*" } }, { "aws:SourceArn": "photos" }),
  ],
]);

leftOpen(iamPage("IAM policy elements: Variables and tags", "reference_policies_variables"), [
  [
    "what a variable is to an operator that takes none",
    "allowed",
    given({ NumericEquals: { "s3:max-keys": variable("x:keys") } }, { "s3:max-keys": "5", "x:keys": "5" }),
  ],
  [
    "what a variable that cannot be resolved leaves out",
    "allowed",
    {
      context: { "aws:username": null },
      identity: [{ Effect: "Allow", Action: "*", NotResource: `arn:aws:s3:::photos/${variable("aws:username")}` }],
    },
  ],
  [
    "what a negated comparison with such a variable is",
    "allowed",
    given({ StringNotEquals: { "s3:prefix": variable("aws:username") } }, { "s3:prefix": "a", "aws:username": null }),
  ],
]);

leftOpen(iamPage("AWS JSON policy elements: NotPrincipal", "reference_policies_elements_notprincipal"), [
  [
    "what it does with Allow, which is not supported",
    "allowed",
    { resource: ofResource(allow({ NotPrincipal: { AWS: "444455556666" } })) },
  ],
  [
    "what it does with Allow where the account alone is listed",
    "denied",
    { resource: ofResource(allow({ NotPrincipal: { AWS: ROOT } })) },
  ],
  [
    "which identities of an account call, where their account is listed",
    "denied",
    {
      principal: { kind: "other-account", accountId: "444455556666" },
      resource: ofResource(allow({ Principal: "*" }), deny({ NotPrincipal: { AWS: "444455556666" } })),
    },
  ],
]);

leftOpen(iamPage("AWS JSON policy elements: Principal", "reference_policies_elements_principal"), [
  [
    "whether a boundary limits what everyone is given without a condition on aws:PrincipalArn",
    "allowed",
    { boundary: [allow({ Action: "kms:*" })], resource: ofResource(allow({ Principal: "*" })) },
  ],
  [
    "whose session it is",
    "allowed",
    {
      principal: { kind: "role", arn: ROLE, session: null },
      hidden: { session: "fn" },
      resource: ofResource(allow({ Principal: { AWS: `arn:aws:sts::${HOME}:assumed-role/worker/fn` } })),
    },
  ],
]);
