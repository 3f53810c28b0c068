import { logGroupArn } from "../../../testing/names.ts";
import { asItIs, each, KEY_STATEMENTS, key, keyPolicyOf, keyWith, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { allow, keyAllow } from "../../testing/policy-of.ts";
import { keyServiceBlocked } from "./rule.ts";

const USE = ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*"];
const logs = (service: string, condition?: object) => ({
  change: keyWith({
    logs: {
      ...keyAllow({ Service: service }, USE),
      ...(condition === undefined ? {} : { Condition: { ...condition } }),
    },
  }),
});
const inContext = (value: string) => ({ ArnLike: { "kms:EncryptionContext:aws:logs:arn": value } });
const REGIONAL = "logs.us-east-1.amazonaws.com";
const noGrants = keyAllow({ AWS: ARNS.root }, ["kms:Describe*", "kms:Get*", "kms:List*", "kms:Put*"]);
/** No deny and no grant: the roles of the functions are named, but for the content function's. */
const withoutContent = { account: noGrants, content: undefined, lambda: undefined, lambdaGrants: undefined };
const decrypt = (AWS: string) => keyAllow({ AWS }, ["kms:Decrypt", "kms:GenerateDataKey"]);
const grantTo = (granteePrincipal: string, functionArn: string) => ({
  granteePrincipal,
  operations: ["Decrypt"],
  encryptionContext: { match: "equals", pairs: { "aws:lambda:FunctionArn": functionArn } } as const,
});
const session = (role: string, name: string) => `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${role.split("/")[1]}/${name}`;
const unkeyed = (...tables: readonly string[]) =>
  each(...tables.map((table) => (a: Parameters<typeof asItIs>[0]) => a.change("table", table, () => ({ keyArn: "" }))));

describeRule(keyServiceBlocked, {
  pipeline: "api",
  healthy: {
    "the reference stack": { change: asItIs },
    "the logs service without a condition": logs(REGIONAL),
    "the logs service for the groups by name": logs(REGIONAL, {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": Object.values(NAMES)
          .filter((name) => typeof name === "string" && name.startsWith("/aws/"))
          .map((name) => logGroupArn(String(name))),
      },
    }),
    "the logs service from this account": logs(REGIONAL, { StringEquals: { "aws:SourceAccount": ACCOUNT_ID } }),
    "no statement for Lambda: the account lets it make its grant": {
      change: keyWith({ lambda: undefined, lambdaGrants: undefined }),
    },
    "groups without a key, and no logs service": {
      others: ["log-group.unencrypted"],
      change: (a) =>
        [
          NAMES.ingestLogGroup,
          NAMES.processorLogGroup,
          NAMES.contentLogGroup,
          NAMES.accessLogGroup,
          NAMES.flowLogGroup,
        ].reduce(
          (account, group) => account.change("log-group", group, () => ({ keyArn: "" })),
          keyWith({ logs: undefined })(a),
        ),
    },
    "an account that grants nothing, and grants that Lambda made before": {
      change: each(
        keyWith({ account: noGrants, lambda: undefined, lambdaGrants: undefined, content: decrypt(ARNS.contentRole) }),
        key({
          grants: {
            kind: "read",
            value: [
              grantTo(session(ARNS.ingestRole, NAMES.ingest), ARNS.ingest),
              grantTo(session(ARNS.processorRole, NAMES.processor), ARNS.processor),
              grantTo(session(ARNS.contentRole, NAMES.content), ARNS.content),
            ],
          },
        }),
      ),
    },
    "functions without a key, and an account that grants nothing": {
      change: (a) =>
        [NAMES.ingest, NAMES.processor, NAMES.content].reduce(
          (account, name) => account.change("function", name, () => ({ keyArn: "" })),
          keyWith({ account: noGrants })(a),
        ),
    },
    "everyone of this account by way of AWS": {
      change: keyPolicyOf(
        ...Object.values(KEY_STATEMENTS),
        keyAllow({ AWS: "*" }, "kms:*", { StringEquals: { "kms:CallerAccount": ACCOUNT_ID } }),
      ),
    },
  },
  broken: {
    "no logs service": { change: keyWith({ logs: undefined }), cause: /logs.us-east-1.amazonaws.com\) cannot encrypt/ },
    "another region's logs service": { ...logs("logs.eu-west-1.amazonaws.com"), cause: /is for logs.eu-west-1/ },
    "no region at all": { ...logs("logs.amazonaws.com"), cause: /is for logs.amazonaws.com/ },
    "another service": { ...logs("lambda.amazonaws.com"), cause: /is for lambda/ },
    "another account's groups": {
      ...logs(REGIONAL, inContext("arn:aws:logs:us-east-1:999988887777:log-group:*")),
      cause: /999988887777/,
    },
    "by way of itself": {
      ...logs(REGIONAL, { StringEquals: { "kms:ViaService": REGIONAL } }),
      cause: /kms:ViaService/,
    },
    "describing alone": {
      change: keyWith({ logs: keyAllow({ Service: REGIONAL }, "kms:Describe*") }),
      cause: /is about other actions/,
    },
    "one group that is left out": {
      ...logs(REGIONAL, inContext(logGroupArn("/aws/[!a]*").replace("[!a]", "lambda/"))),
      cause: /\/aws\/apigateway/,
    },
    "a function whose role is not let in, and nobody who may grant": {
      change: each(
        keyWith({ ...withoutContent, producer: decrypt(ARNS.ingestRole) }),
        unkeyed(NAMES.contentTable),
        rolePolicy(ARNS.contentRole, allow("dynamodb:*", ARNS.contentTable)),
      ),
      cause: /Lambda decrypts the variables of stackproof-dev-content .* KMSAccessDeniedException/,
    },
    "a deny of what comes by way of Lambda": {
      change: keyPolicyOf(...Object.values(KEY_STATEMENTS), {
        Sid: "No",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "lambda.us-east-1.amazonaws.com" } },
      }),
      cause: /statement No .*denies it/,
    },
  },
  unknown: {
    "a key's policy that may not be read": {
      change: (a) => a.unread("key", ARNS.key, "kms:GetKeyPolicy"),
      remedy: /kms:GetKeyPolicy/,
    },
    "a group that may not be read": {
      change: (a) => a.unread("log-group", NAMES.contentLogGroup, "logs:DescribeLogGroups"),
      remedy: /logs:DescribeLogGroups/,
    },
    "a function that may not be read": {
      change: (a) => a.unread("function", NAMES.content, "lambda:GetFunctionConfiguration"),
      remedy: /lambda:GetFunctionConfiguration/,
    },
  },
});
