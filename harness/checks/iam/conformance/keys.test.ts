import type { KeyGrant } from "../../../model/settings/identity-setting.ts";
import type { StatementJson } from "../../testing/policy-of.ts";
import type { RequestContext } from "../request.ts";
import { HOME, type Question } from "./testing/ask-both.ts";
import {
  allow,
  deny,
  documented,
  iamPage,
  leftOpen,
  type Page,
  ROLE,
  ROOT,
  SESSION,
  STRANGER,
  toPrincipal,
} from "./testing/documented.ts";

const kmsPage = (title: string, path: string): Page => ({
  title,
  url: `https://docs.aws.amazon.com/kms/latest/${path}.html`,
});
const OWN = [allow({ Action: "kms:*" })];

const key = (statements: readonly StatementJson[], over: Partial<Question> = {}, grants: readonly KeyGrant[] = []) => ({
  action: "kms:Decrypt",
  resourceArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
  resource: { kind: "key" as const, statements, grants },
  ...over,
});
const theirs = { resourceArn: `arn:aws:kms:eu-west-1:${STRANGER}:key/1` };

documented(kmsPage("Key policies in AWS KMS", "developerguide/key-policies"), [
  ["no principal has a permission that the key policy does not give", "denied", key([], { identity: OWN })],
  ["the key policy lets the account in, and the role's allows", "allowed", key([toPrincipal(ROOT)], { identity: OWN })],
  ["the key policy lets the account in, and the role's does not allow", "denied", key([toPrincipal(ROOT)])],
  ["the key policy lets the role in", "allowed", key([toPrincipal(ROLE)])],
  ["the key policy lets the role in, whose policy denies", "denied", key([toPrincipal(ROLE)], { identity: [deny()] })],
  ["the key policy lets another account in", "denied", key([toPrincipal(STRANGER)], { identity: OWN })],
  ["the account by its number", "allowed", key([toPrincipal(HOME)], { identity: OWN })],
  ["the key policy lets another role in", "denied", key([toPrincipal(`${ROLE}-2`)], { identity: OWN })],
  [
    "the account for other actions alone",
    "denied",
    key([allow({ Principal: { AWS: ROOT }, Action: "kms:Describe*" })], { identity: OWN }),
  ],
  [
    "a service that is let in",
    "allowed",
    key([allow({ Principal: { Service: "logs.eu-west-1.amazonaws.com" } })], {
      principal: { kind: "service", name: "logs.eu-west-1.amazonaws.com" },
    }),
  ],
  [
    "the account, for a service",
    "denied",
    key([toPrincipal(ROOT)], { principal: { kind: "service", name: "logs.eu-west-1.amazonaws.com" } }),
  ],
]);

const viaKinesis = { StringEquals: { "kms:ViaService": "kinesis.eu-west-1.amazonaws.com" } };
documented(kmsPage("AWS KMS condition keys", "developerguide/conditions-kms"), [
  [
    "by way of the service",
    "allowed",
    key([allow({ Principal: { AWS: ROLE }, Condition: viaKinesis })], {
      context: { "kms:ViaService": "kinesis.eu-west-1.amazonaws.com" },
    }),
  ],
  [
    "by way of another",
    "denied",
    key([allow({ Principal: { AWS: ROLE }, Condition: viaKinesis })], {
      context: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
    }),
  ],
  [
    "directly",
    "denied",
    key([allow({ Principal: { AWS: ROLE }, Condition: viaKinesis })], { context: { "kms:ViaService": null } }),
  ],
]);

documented(
  kmsPage("Allowing users in other accounts to use a KMS key", "developerguide/key-policy-modifying-external-accounts"),
  [
    [
      "the key lets the account in, and its role's policy allows",
      "allowed",
      key([toPrincipal(ROOT)], { ...theirs, identity: OWN }),
    ],
    ["the key lets the account in alone", "denied", key([toPrincipal(ROOT)], theirs)],
    ["the key lets the role in alone", "denied", key([toPrincipal(ROLE)], theirs)],
    ["the role's policy alone", "denied", key([], { ...theirs, identity: OWN })],
  ],
);

const FINANCE = { Department: "Finance", Classification: "Public" };
const grant = (over: Partial<KeyGrant> = {}): KeyGrant => ({
  granteePrincipal: ROLE,
  operations: ["Decrypt"],
  encryptionContext: { match: "any", pairs: {} },
  ...over,
});
const encrypted = (pairs: Readonly<Record<string, string>>): RequestContext => ({
  ...Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  "kms:EncryptionContextKeys": Object.keys(pairs),
});
const granted = (by: KeyGrant, over: Partial<Question> = {}) => key([], over, [by]);
const within = (match: "subset" | "equals", pairs: Readonly<Record<string, string>>, over: Partial<Question> = {}) =>
  granted(grant({ operations: ["Decrypt", "DescribeKey"], encryptionContext: { match, pairs: FINANCE } }), {
    context: encrypted(pairs),
    ...over,
  });
documented(kmsPage("Grants in AWS KMS", "developerguide/grants"), [
  ["the grantee", "allowed", granted(grant())],
  ["the grantee is a session", "allowed", granted(grant({ granteePrincipal: SESSION }))],
  ["the grantee is another session", "denied", granted(grant({ granteePrincipal: `${SESSION}-2` }))],
  [
    "the grantee is a service",
    "allowed",
    granted(grant({ granteePrincipal: "dynamodb.amazonaws.com" }), {
      principal: { kind: "service", name: "dynamodb.amazonaws.com" },
    }),
  ],
  ["another operation", "denied", granted(grant({ operations: ["Encrypt"] }))],
  ["a key policy that denies", "denied", key([deny({ Principal: "*" })], {}, [grant()])],
  ["a policy of the role's that denies", "denied", granted(grant(), { identity: [deny()] })],
  [
    "a grant to the account, whose policies allow",
    "allowed",
    granted(grant({ granteePrincipal: ROOT }), { identity: OWN }),
  ],
  [
    "a grant to another account",
    "denied",
    granted(grant({ granteePrincipal: `arn:aws:iam::${STRANGER}:root` }), { identity: OWN }),
  ],
]);

documented(kmsPage("GrantConstraints", "APIReference/API_GrantConstraints"), [
  ["a subset of the context", "allowed", within("subset", { ...FINANCE, Customer: "12345", Purpose: "Test" })],
  ["the very context", "allowed", within("subset", FINANCE)],
  ["part of the constraint", "denied", within("subset", { Department: "Finance" })],
  ["keys in another case", "denied", within("subset", { department: "Finance", classification: "Public" })],
  ["values in another case", "denied", within("subset", { Department: "finance", Classification: "public" })],
  ["equal context", "allowed", within("equals", FINANCE)],
  ["more than the equal context", "denied", within("equals", { ...FINANCE, Purpose: "Test" })],
  ["no context", "denied", within("equals", {})],
  ["the constraint does not apply to DescribeKey", "allowed", within("subset", {}, { action: "kms:DescribeKey" })],
]);

leftOpen(kmsPage("CreateGrant", "APIReference/API_CreateGrant"), [
  [
    "whether a grant to an account lets in whom its policies do not",
    "denied",
    granted(grant({ granteePrincipal: ROOT })),
  ],
]);

leftOpen(iamPage("Cross-account policy evaluation logic", "reference_policies_evaluation-logic-cross-account"), [
  [
    "what a resource policy that is not known allows",
    "denied",
    { resourceArn: `arn:aws:sqs:eu-west-1:${STRANGER}:jobs`, action: "sqs:SendMessage", identity: [allow()] },
  ],
]);
