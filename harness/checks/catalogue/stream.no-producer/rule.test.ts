import { asItIs, boundary, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ARNS } from "../../testing/healthy-account.ts";
import { allow, type StatementJson } from "../../testing/policy-of.ts";
import { streamNoProducer } from "./rule.ts";

const KEY = allow("kms:*", ARNS.key);
const producer = (...statements: StatementJson[]) => ({ change: rolePolicy(ARNS.ingestRole, KEY, ...statements) });

describeRule(streamNoProducer, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "PutRecord alone": producer(allow("kinesis:PutRecord", ARNS.stream)),
    "PutRecords alone": producer(allow("kinesis:PutRecords", ARNS.stream)),
    "everything on every stream": producer(allow("kinesis:*", "*")),
    "put by a wildcard on named streams": producer(allow("kinesis:Put*", `${ARNS.stream.replace("events", "*")}`)),
    "the stream by its ARN in the roles": { change: asItIs, roles: { stream: ARNS.stream } },
    "a boundary that lets it": { change: boundary(ARNS.ingestRole, allow(["kinesis:*", "kms:*"], "*")) },
  },
  broken: {
    "a producer that may put nothing": {
      ...producer(),
      cause: /AccessDeniedException from Kinesis: no policy of .*ingest allows/,
    },
    "a producer of another stream": {
      ...producer(allow("kinesis:PutRecord*", `${ARNS.stream}-2`)),
      cause: /is about .*events-2 and not/,
    },
    "a producer that may only read": {
      ...producer(allow(["kinesis:GetRecords", "kinesis:GetShardIterator"], ARNS.stream)),
      cause: /is about other actions/,
    },
    "a producer that is denied": {
      ...producer(allow("kinesis:*", "*"), { Sid: "No", Effect: "Deny", Action: "kinesis:Put*", Resource: "*" }),
      cause: /statement No .*denies it/,
    },
    "a producer within a narrow boundary": {
      change: boundary(ARNS.ingestRole, allow("kms:*", "*")),
      cause: /permissions boundary/,
    },
  },
  unknown: {
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.ingestRole, "iam:GetRolePolicy"),
      remedy: /iam:GetRolePolicy/,
    },
  },
});
