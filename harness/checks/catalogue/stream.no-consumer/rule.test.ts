import { asItIs, rolePolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { type AccountBuilder, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { allow, type StatementJson } from "../../testing/policy-of.ts";
import { streamNoConsumer } from "./rule.ts";

const KEY = allow("kms:*", ARNS.key);
const TABLE = allow("dynamodb:BatchWriteItem", ARNS.eventsTable);
const consumer = (...statements: StatementJson[]) => ({
  change: rolePolicy(ARNS.processorRole, KEY, TABLE, ...statements),
});
const READ = ["GetRecords", "GetShardIterator", "DescribeStream", "ListShards"].map((name) => `kinesis:${name}`);
const mapping = (over: object) => ({
  change: (a: AccountBuilder) =>
    a.change("event-source-mappings", NAMES.processor, ({ mappings }) => ({
      mappings: mappings.map((each) => ({ ...each, ...over })),
    })),
});

describeRule(streamNoConsumer, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "the stream by its ARN in the roles": { change: asItIs, roles: { stream: ARNS.stream } },
    "what AWS' own policy for it allows": consumer(
      allow([...READ, "kinesis:DescribeStreamSummary", "kinesis:ListStreams", "kinesis:SubscribeToShard"], "*"),
    ),
    "reading without ListShards": consumer(allow(READ.slice(0, 3), ARNS.stream)),
    "a mapping that is being changed": mapping({ state: "Updating" }),
    "another mapping that is disabled beside it": {
      change: (a) =>
        a.change("event-source-mappings", NAMES.processor, ({ mappings }) => ({
          mappings: [...mappings.map((each) => ({ ...each, uuid: "old", state: "Disabled" })), ...mappings],
        })),
    },
  },
  broken: {
    "no mapping": {
      change: (a) => a.change("event-source-mappings", NAMES.processor, () => ({ mappings: [] })),
      cause: /No event source mapping feeds the stream/,
    },
    "a mapping that is disabled": { ...mapping({ state: "Disabled" }), cause: /is Disabled/ },
    "a mapping that is being deleted": { ...mapping({ state: "Deleting" }), cause: /is Deleting/ },
    "a mapping of another stream": {
      ...mapping({ eventSourceArn: `${ARNS.stream}-2` }),
      cause: /those that it has read .*events-2/,
    },
    "a consumer that may not read": { ...consumer(), cause: /no policy of .*processor allows kinesis:GetRecords/ },
    "a consumer without GetShardIterator": {
      ...consumer(
        allow(
          READ.filter((name) => !/Iterator/.test(name)),
          ARNS.stream,
        ),
      ),
      cause: /kinesis:GetShardIterator/,
    },
    "a consumer of another stream": { ...consumer(allow("kinesis:*", `${ARNS.stream}-2`)), cause: /events-2/ },
  },
  unknown: {
    "a role that may not be read": {
      change: (a) => a.unread("role", ARNS.processorRole, "iam:GetRolePolicy"),
      remedy: /iam:GetRolePolicy/,
    },
    "mappings that may not be read": {
      change: (a) => a.unread("event-source-mappings", NAMES.processor, "lambda:ListEventSourceMappings"),
      remedy: /lambda:ListEventSourceMappings/,
    },
  },
});
