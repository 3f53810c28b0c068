import { describe, expect, it } from "vitest";
import type { StatementJson } from "../testing/policy-of.ts";
import { askHarness, type Question } from "./conformance/testing/ask-both.ts";
import {
  allow,
  deny,
  ofResource,
  questionOf,
  ROLE,
  ROOT,
  SESSION,
  toPrincipal,
} from "./conformance/testing/documented.ts";
import type { Decision, RequestContext } from "./request.ts";

/** What both evaluators have to answer is in `conformance/`: here is what the harness alone has to tell, and what it cannot. */
type Cases = readonly (readonly [title: string, decision: Decision["kind"], question: Partial<Question>])[];

function table(name: string, cases: Cases): void {
  describe(name, () => {
    it.each(cases)("%s: %s", (_, expected, asked) => expect(askHarness(questionOf(asked)).kind).toBe(expected));
  });
}

const unclear = { Condition: { Bool: { "x:y": "true" } } };
table("what is not clear", [
  ["a deny beside an allow", "undecidable", { identity: [allow(), deny(unclear)] }],
  ["a deny where nothing allows", "denied", { identity: [deny(unclear)] }],
  ["an allow beside a clear one", "allowed", { identity: [allow(), allow(unclear)] }],
  ["an allow beside a clear deny", "denied", { identity: [deny(), allow(unclear)] }],
]);

const session = { principal: { kind: "role", arn: ROLE, session: null } } as const;
const sparing = (...AWS: readonly string[]) => ({
  ...session,
  identity: [allow()],
  resource: ofResource(deny({ NotPrincipal: { AWS } })),
});
table("a session whose name is not known", [
  ["a session is let in", "undecidable", { ...session, resource: ofResource(toPrincipal(SESSION)) }],
  ["the role is let in, too", "allowed", { ...session, resource: ofResource(toPrincipal(SESSION, ROLE)) }],
  [
    "another role's session",
    "denied",
    { ...session, resource: ofResource(toPrincipal(SESSION.replace("worker", "w"))) },
  ],
  ["a session is spared with its role and account", "undecidable", sparing(ROOT, ROLE, SESSION)],
  ["no session is spared", "denied", sparing(ROOT, ROLE)],
]);

const given = (Condition: NonNullable<StatementJson["Condition"]>, context: RequestContext) => ({
  identity: [allow({ Condition })],
  context,
});
const prefix = { "s3:prefix": "y" };
table("a condition", [
  ["on a key that is not known", "undecidable", given({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }, {})],
  [
    "that fails by another key",
    "denied",
    given({ StringEquals: { "aws:PrincipalOrgID": "o-1", "s3:prefix": "x" } }, prefix),
  ],
  ["with an operator that is not known", "undecidable", given({ SoundsLike: { "s3:prefix": "x" } }, prefix)],
  ["with an operator that AWS does not have", "undecidable", given({ NullIfExists: { "s3:prefix": "false" } }, prefix)],
  [
    "on a number that is none",
    "denied",
    given({ NumericGreaterThan: { "s3:max-keys": 1 } }, { "s3:max-keys": "many" }),
  ],
  [
    "with a variable that is not known",
    "undecidable",
    given({ StringEquals: { "s3:prefix": `\${aws:username}` } }, prefix),
  ],
  [
    "with a variable of several values",
    "undecidable",
    given({ StringEquals: { "s3:prefix": `\${aws:TagKeys}` } }, { ...prefix, "aws:TagKeys": ["x", "y"] }),
  ],
]);

table("a resource", [
  ["of an ARN that ends early", "allowed", { identity: [allow({ Resource: "arn:aws:s3" })] }],
  ["of an ARN that ends early, of another service", "denied", { identity: [allow({ Resource: "arn:aws:sqs" })] }],
]);
