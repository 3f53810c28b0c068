import { HOME } from "./testing/ask-both.ts";
import {
  allow,
  deny,
  documented,
  iamPage,
  ofResource,
  ROLE,
  ROOT,
  SESSION,
  STRANGER,
  toPrincipal,
} from "./testing/documented.ts";

const OTHERS = [allow({ Action: "kms:*" })];
const byArn = { ArnEquals: { "aws:PrincipalArn": ROLE } };
const asRole = { "aws:PrincipalArn": ROLE };
const service = { kind: "service", name: "s3.amazonaws.com" } as const;

documented(iamPage("Policy evaluation logic", "reference_policies_evaluation-logic"), [
  ["nothing allows", "denied", {}],
  ["the role's policy allows", "allowed", { identity: [allow()] }],
  ["the resource's policy allows the role", "allowed", { resource: ofResource(toPrincipal(ROLE)) }],
  ["both allow", "allowed", { identity: [allow()], resource: ofResource(toPrincipal(ROLE)) }],
  ["the role's policy allows and denies", "denied", { identity: [allow(), deny()] }],
  [
    "the role's policy denies what the resource's allows",
    "denied",
    { identity: [deny()], resource: ofResource(toPrincipal(ROLE)) },
  ],
  ["the resource's policy denies", "denied", { identity: [allow()], resource: ofResource(deny({ Principal: "*" })) }],
  ["a deny of another action", "allowed", { identity: [allow(), deny({ Action: "s3:PutObject" })] }],
]);

documented(iamPage("Permissions boundaries for IAM entities", "access_policies_boundaries"), [
  ["both allow", "allowed", { identity: [allow()], boundary: [allow({ Action: "s3:*" })] }],
  ["the boundary lacks it", "denied", { identity: [allow()], boundary: OTHERS }],
  ["the boundary alone allows", "denied", { boundary: [allow()] }],
  [
    "a service, which has none",
    "allowed",
    { principal: service, boundary: [deny()], resource: ofResource(allow({ Principal: { Service: service.name } })) },
  ],
  ["the boundary denies", "denied", { identity: [allow()], boundary: [allow(), deny()] }],
  [
    "the resource's policy allows the session, and the boundary denies",
    "denied",
    { boundary: [deny()], resource: ofResource(toPrincipal(SESSION)) },
  ],
]);

const enforcement = "reference_policies_evaluation-logic_policy-eval-denyallow";
documented(iamPage("How AWS enforcement code logic evaluates requests to allow or deny access", enforcement), [
  [
    "the role's ARN is limited by an implicit deny of the boundary",
    "denied",
    { boundary: OTHERS, resource: ofResource(toPrincipal(ROLE)) },
  ],
  [
    "the role's ARN is not limited by an implicit deny of its policies",
    "allowed",
    { identity: OTHERS, resource: ofResource(toPrincipal(ROLE)) },
  ],
  [
    "the session's ARN is not limited by the boundary",
    "allowed",
    { boundary: OTHERS, resource: ofResource(toPrincipal(SESSION)) },
  ],
  [
    "a list of the role and its session",
    "allowed",
    { boundary: OTHERS, resource: ofResource(toPrincipal(ROLE, SESSION)) },
  ],
  [
    "a list of the session and the account",
    "allowed",
    { boundary: OTHERS, resource: ofResource(toPrincipal(ROOT, SESSION)) },
  ],
  [
    "a trust policy has to allow explicitly",
    "denied",
    { action: "sts:AssumeRole", resourceArn: ROLE, identity: [allow()], resource: { kind: "trust", statements: [] } },
  ],
  [
    "a trust policy allows the role",
    "allowed",
    {
      action: "sts:AssumeRole",
      resourceArn: ROLE,
      resource: {
        kind: "trust",
        statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ROLE } }],
      },
    },
  ],
  [
    "a trust policy leaves it to the account",
    "allowed",
    {
      action: "sts:AssumeRole",
      resourceArn: ROLE,
      identity: [allow()],
      resource: {
        kind: "trust",
        statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ROOT } }],
      },
    },
  ],
  [
    "a trust policy of a service",
    "allowed",
    {
      principal: service,
      action: "sts:AssumeRole",
      resourceArn: ROLE,
      resource: {
        kind: "trust",
        statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service.name } }],
      },
    },
  ],
]);

documented(iamPage("AWS JSON policy elements: Principal", "reference_policies_elements_principal"), [
  [
    "the account leaves it to the role's policies, which lack it",
    "denied",
    { resource: ofResource(toPrincipal(ROOT)) },
  ],
  [
    "the account leaves it to the role's policies, which allow",
    "allowed",
    { identity: [allow()], resource: ofResource(toPrincipal(ROOT)) },
  ],
  ["the account's number means the same", "denied", { resource: ofResource(toPrincipal(HOME)) }],
  ["everyone", "allowed", { resource: ofResource(allow({ Principal: "*" })) }],
  ["everyone, as AWS", "allowed", { resource: ofResource(toPrincipal("*")) }],
  [
    "everyone, for an anonymous caller",
    "allowed",
    { principal: { kind: "anonymous" }, resource: ofResource(allow({ Principal: "*" })) },
  ],
  [
    "a role, for an anonymous caller",
    "denied",
    { principal: { kind: "anonymous" }, resource: ofResource(toPrincipal(ROLE)) },
  ],
  [
    "aws:PrincipalArn and everyone, which the boundary does not limit",
    "allowed",
    { context: asRole, boundary: OTHERS, resource: ofResource(allow({ Principal: "*", Condition: byArn })) },
  ],
  [
    "aws:PrincipalArn, and everyone next to the role itself",
    "allowed",
    {
      context: asRole,
      boundary: OTHERS,
      resource: ofResource(allow({ Principal: { AWS: [ROLE, "*"] }, Condition: byArn })),
    },
  ],
  [
    "aws:PrincipalArn and everyone, but the boundary denies",
    "denied",
    { context: asRole, boundary: [deny()], resource: ofResource(allow({ Principal: "*", Condition: byArn })) },
  ],
  [
    "no wildcard matches part of a principal",
    "denied",
    { resource: ofResource(toPrincipal(`arn:aws:iam::${HOME}:role/*`)) },
  ],
  [
    "no wildcard means all sessions",
    "denied",
    { resource: ofResource(toPrincipal(`arn:aws:sts::${HOME}:assumed-role/worker/*`)) },
  ],
  ["the id of a role that was deleted", "denied", { resource: ofResource(toPrincipal("AROAEXAMPLE1234567890")) }],
  ["a federated one", "denied", { resource: ofResource(allow({ Principal: { Federated: "accounts.google.com" } })) }],
  ["everyone, for a service", "allowed", { principal: service, resource: ofResource(allow({ Principal: "*" })) }],
  ["another session of the role", "denied", { resource: ofResource(toPrincipal(`${SESSION}-2`)) }],
  ["one of several", "allowed", { resource: ofResource(toPrincipal(STRANGER, ROLE)) }],
  [
    "the service",
    "allowed",
    { principal: service, resource: ofResource(allow({ Principal: { Service: service.name } })) },
  ],
  [
    "another service",
    "denied",
    { principal: service, resource: ofResource(allow({ Principal: { Service: "sns.amazonaws.com" } })) },
  ],
  ["the account, for a service", "denied", { principal: service, resource: ofResource(toPrincipal(ROOT)) }],
]);

const listed = (...AWS: readonly string[]) => ofResource(deny({ NotPrincipal: { AWS } }));
documented(iamPage("AWS JSON policy elements: NotPrincipal", "reference_policies_elements_notprincipal"), [
  [
    "the account, the role and its session are spared",
    "allowed",
    { identity: [allow()], resource: listed(ROOT, ROLE, SESSION) },
  ],
  ["who is not listed is denied", "denied", { identity: [allow()], resource: listed(`arn:aws:iam::${STRANGER}:root`) }],
  ["the role without its account", "denied", { identity: [allow()], resource: listed(ROLE, SESSION) }],
  ["it allows nothing by itself", "denied", { resource: listed(ROOT, ROLE, SESSION) }],
  [
    "whoever has a boundary is denied, whatever is listed",
    "denied",
    { identity: [allow()], boundary: [allow()], resource: listed(ROOT, ROLE, SESSION) },
  ],
  [
    "ArnNotEquals on aws:PrincipalArn instead spares a role with a boundary",
    "allowed",
    {
      context: asRole,
      identity: [allow()],
      boundary: [allow()],
      resource: ofResource(deny({ Principal: "*", Condition: { ArnNotEquals: { "aws:PrincipalArn": ROLE } } })),
    },
  ],
  [
    "a service that is listed is spared",
    "allowed",
    {
      principal: service,
      resource: ofResource(allow({ Principal: "*" }), deny({ NotPrincipal: { Service: service.name } })),
    },
  ],
]);

const away = { action: "sqs:SendMessage", resourceArn: `arn:aws:sqs:eu-west-1:${STRANGER}:jobs` };
documented(iamPage("Cross-account policy evaluation logic", "reference_policies_evaluation-logic-cross-account"), [
  ["both sides allow", "allowed", { ...away, identity: [allow()], resource: ofResource(toPrincipal(ROLE)) }],
  ["the role's side alone", "denied", { ...away, identity: [allow()], resource: ofResource(toPrincipal(`${ROLE}-2`)) }],
  ["the resource's side alone", "denied", { ...away, resource: ofResource(toPrincipal(ROLE)) }],
  ["the resource's side alone, by the session", "denied", { ...away, resource: ofResource(toPrincipal(SESSION)) }],
  [
    "the resource allows the role's account",
    "allowed",
    { ...away, identity: [allow()], resource: ofResource(toPrincipal(ROOT)) },
  ],
  [
    "the resource allows its own account alone",
    "denied",
    { ...away, identity: [allow()], resource: ofResource(toPrincipal(STRANGER)) },
  ],
  [
    "everyone, and the role's side",
    "allowed",
    { ...away, identity: [allow()], resource: ofResource(allow({ Principal: "*" })) },
  ],
  ["everyone, without the role's side", "denied", { ...away, resource: ofResource(allow({ Principal: "*" })) }],
  [
    "the boundary limits the role's side",
    "denied",
    { ...away, identity: [allow()], boundary: OTHERS, resource: ofResource(toPrincipal(ROLE)) },
  ],
  [
    "the resource denies",
    "denied",
    { ...away, identity: [allow()], resource: ofResource(toPrincipal(ROLE), deny({ Principal: "*" })) },
  ],
  [
    "somebody of an account that is let in",
    "allowed",
    { principal: { kind: "other-account", accountId: STRANGER }, resource: ofResource(toPrincipal(STRANGER)) },
  ],
  [
    "somebody of an account that is not",
    "denied",
    { principal: { kind: "other-account", accountId: STRANGER }, resource: ofResource(toPrincipal(ROOT)) },
  ],
]);
