import { describe, expect, it } from "vitest";
import { policyOf, type StatementJson } from "../testing/policy-of.ts";
import { may } from "./may.ts";
import type { Decision } from "./request.ts";

const ACCOUNT = "111122223333";
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/worker`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/worker/fn`;

type Cases = readonly (readonly [title: string, decision: Decision["kind"], decide: () => Decision])[];

function table(name: string, cases: Cases): void {
  describe(name, () => {
    it.each(cases)("%s: %s", (_, expected, decide) => expect(decide().kind).toBe(expected));
  });
}

const allow = (over: Partial<StatementJson> = {}): StatementJson => ({
  Effect: "Allow",
  Action: "*",
  Resource: "*",
  ...over,
});
const deny = (over: Partial<StatementJson> = {}): StatementJson => ({ ...allow(over), Effect: "Deny" });
const forRole = { Principal: { AWS: ROLE } };

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
const grant = (granteePrincipal: string, over: object = {}) => ({
  granteePrincipal,
  operations: ["Decrypt"],
  encryptionContext: { match: "any", pairs: {} } as const,
  ...over,
});
type Grants = readonly ReturnType<typeof grant>[];
const onKey = (own: readonly StatementJson[], key: readonly StatementJson[], grants: Grants = [], context = {}) =>
  may(
    { principal: { kind: "role", arn: ROLE, session: "fn" }, action: "kms:Decrypt", resourceArn: KEY, context },
    {
      identity: [{ name: "own", document: policyOf(...own) }],
      boundary: null,
      resource: {
        kind: "key",
        policy: { name: "the key's", document: policyOf(...key) },
        grants: { kind: "read", value: grants },
      },
    },
  );
const inContext = (match: "subset" | "equals") => ({ encryptionContext: { match, pairs: { app: "x" } } });
const CONTEXT = { "kms:EncryptionContext:app": "x", "kms:EncryptionContextKeys": ["app", "more"] };
table("a key", [
  ["whose policy says nothing", "denied", () => onKey([allow()], [])],
  [
    "that leaves it to the account, which allows",
    "allowed",
    () => onKey([allow()], [allow({ Principal: { AWS: ROOT } })]),
  ],
  [
    "that leaves it to the account by its number",
    "allowed",
    () => onKey([allow()], [allow({ Principal: { AWS: ACCOUNT } })]),
  ],
  [
    "that leaves it to the account, which does not",
    "denied",
    () => onKey([allow({ Action: "s3:*" })], [allow({ Principal: { AWS: ROOT } })]),
  ],
  [
    "that leaves only other actions to the account",
    "denied",
    () => onKey([allow()], [allow({ Principal: { AWS: ROOT }, Action: "kms:Describe*" })]),
  ],
  [
    "that leaves it to another account",
    "denied",
    () => onKey([allow()], [allow({ Principal: { AWS: "arn:aws:iam::999988887777:root" } })]),
  ],
  ["that names the role", "allowed", () => onKey([], [allow(forRole)])],
  ["that names the role, which denies itself", "denied", () => onKey([deny()], [allow(forRole)])],
  ["with a grant", "allowed", () => onKey([], [], [grant(ROLE)])],
  ["with a grant to the session", "allowed", () => onKey([], [], [grant(SESSION)])],
  ["with a grant to another", "denied", () => onKey([], [], [grant(`${ROLE}-2`)])],
  ["with a grant for another operation", "denied", () => onKey([], [], [grant(ROLE, { operations: ["Encrypt"] })])],
  ["with a grant for part of the context", "allowed", () => onKey([], [], [grant(ROLE, inContext("subset"))], CONTEXT)],
  ["with a grant for just that context", "denied", () => onKey([], [], [grant(ROLE, inContext("equals"))], CONTEXT)],
  ["with a grant, and a deny", "denied", () => onKey([], [deny({ Principal: "*" })], [grant(ROLE)])],
]);
