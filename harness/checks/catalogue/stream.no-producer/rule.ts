import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { EventSourceMappingsSetting } from "../../../model/settings/function-setting.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { callOfFunction } from "../../iam/calls.ts";
import { decide } from "../../iam/decide.ts";
import { type FunctionWithRole, functionWithRole } from "../../iam/key-use.ts";
import { policiesOfRole } from "../../iam/policies.ts";
import type { Denied } from "../../iam/request.ts";
import { becauseOf, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { allowRole, lines, resource, terraform, within } from "../../remedy.ts";
import type { Broken, Judged, Rule, RuleContext, RuleResult } from "../../rule.ts";

/**
 * Something may write to the stream, and something reads it. What the stream's key says is `stream.key-unusable`.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
export const streamNoProducer: Rule = {
  code: "stream.no-producer",
  severity: "flow",
  title: "The stream has a producer that may write and a consumer that reads",
  breaks: "The entry answers and nothing reaches the stream, or what reaches the stream is never consumed.",
  reads: ["function", "role", "event-source-mappings"],
  needs: ["stream"],
  remedy:
    "Allow kinesis:PutRecord and kinesis:PutRecords on the stream's ARN to the producer's role; an enabled aws_lambda_event_source_mapping from the stream to the consumer, whose role may kinesis:GetRecords, GetShardIterator, DescribeStream, DescribeStreamSummary and ListShards.",

  judge(account, context) {
    const { stream = "", entryFunction, consumerFunction } = context.roles;
    const streamName = subjectOf("stream", stream, context);
    const streamArn = stream.startsWith("arn:") ? stream : arnOf("kinesis", `stream/${streamName}`, context);
    return [
      ...(entryFunction === undefined ? [] : judgeProducer(account, context, entryFunction, streamArn)),
      ...(consumerFunction === undefined ? [] : judgeConsumer(account, context, consumerFunction, streamArn)),
    ];
  },
};

function judgeProducer(account: Account, context: RuleContext, name: string, streamArn: string): readonly RuleResult[] {
  const subject = `producer ${nameIn(name)} of stream ${nameIn(streamArn)}`;
  return judging(subject, () => {
    const producer = functionWithRole(account, name);
    if (producer === null) return null;
    const [batch, single] = ["kinesis:PutRecords", "kinesis:PutRecord"].map((action) =>
      decideFor(producer, action, streamArn, context),
    );
    const decisions = [batch, single].flatMap((decision) => (decision === undefined ? [] : [decision]));
    const denied = decisions.flatMap((decision) => (decision.kind === "denied" ? [decision] : []));
    const [first] = denied;
    if (first === undefined || batch?.kind === "allowed") {
      return passes(
        `The role of ${producer.fn.name} may put records into the stream.`,
        decisions.flatMap((decision) => (decision.kind === "allowed" ? [`allowed by ${decision.by}`] : [])),
      );
    }
    if (denied.length < decisions.length) return singlyOnly(producer, first);
    return mayNotPut(producer, streamArn, first);
  });
}

function decideFor({ fn, role }: FunctionWithRole, action: string, resourceArn: string, context: RuleContext) {
  return decide(callOfFunction(role, fn, { action, resourceArn }, context), policiesOfRole(role));
}

function mayNotPut({ fn, role }: FunctionWithRole, streamArn: string, denied: Denied): Broken {
  return {
    verdict: "fail",
    statement: `The role of ${fn.name} may not put records into the stream.`,
    evidence: evidenceOf(denied),
    cause: `${fn.name} runs as ${role.name} and gets AccessDeniedException from Kinesis: ${becauseOf(denied)}.`,
    remedy: allowRole(role.name, ["kinesis:PutRecord", "kinesis:PutRecords"], streamArn),
    cuts: ["function-stream"],
  };
}

/** PutRecord is enough for a function that puts records one by one; which one does, no setting says. */
function singlyOnly({ fn, role }: FunctionWithRole, denied: Denied): Judged {
  return {
    verdict: "unknown",
    statement: `The role of ${fn.name} may kinesis:PutRecord and not kinesis:PutRecords: enough only if the function puts records one by one.`,
    evidence: evidenceOf(denied),
    remedy: `Allow kinesis:PutRecords to ${role.name} too.`,
  };
}

/** One list per thing that Lambda does for the mapping; any action of a list will do. */
const READING: readonly (readonly string[])[] = [
  ["kinesis:GetRecords"],
  ["kinesis:GetShardIterator"],
  ["kinesis:ListShards", "kinesis:DescribeStream"],
  ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary"],
];
const ENHANCED_FAN_OUT: readonly (readonly string[])[] = [["kinesis:SubscribeToShard"]];

function judgeConsumer(account: Account, context: RuleContext, name: string, streamArn: string): readonly RuleResult[] {
  const subject = `consumer ${nameIn(name)} of stream ${nameIn(streamArn)}`;
  return judging(subject, () => {
    const mappings = settingOf(account, "event-source-mappings", name)?.mappings ?? [];
    const ours = mappings.filter(({ eventSourceArn }) => isOfStream(eventSourceArn, streamArn));
    const running = ours.find(({ state }) => !/^(Disabl|Delet)/.test(state));
    if (running === undefined) return noMapping(name, streamArn, ours, mappings);
    const consumer = functionWithRole(account, name);
    if (consumer === null) return null;
    const isFanOut = running.eventSourceArn.includes("/consumer/");
    const denied = firstDeniedReading(consumer, isFanOut ? ENHANCED_FAN_OUT : READING, running.eventSourceArn, context);
    if (denied !== null) return mayNotRead(consumer, streamArn, denied);
    return passes(`An event source mapping feeds the stream to ${consumer.fn.name}, whose role may read it.`, [
      `mapping ${running.uuid}: ${running.state}`,
    ]);
  });
}

function firstDeniedReading(
  consumer: FunctionWithRole,
  lists: readonly (readonly string[])[],
  resourceArn: string,
  context: RuleContext,
): Denied | null {
  for (const actions of lists) {
    const decisions = actions.map((action) => decideFor(consumer, action, resourceArn, context));
    const [denied] = decisions.flatMap((decision) => (decision.kind === "denied" ? [decision] : []));
    if (denied !== undefined && decisions.every(({ kind }) => kind === "denied")) return denied;
  }
  return null;
}

function isOfStream(eventSourceArn: string, streamArn: string): boolean {
  return eventSourceArn === streamArn || eventSourceArn.startsWith(`${streamArn}/consumer/`);
}

type Mapping = EventSourceMappingsSetting["mappings"][number];

function noMapping(name: string, streamArn: string, ours: readonly Mapping[], all: readonly Mapping[]): Broken {
  const [disabled] = ours;
  const others = all.map(({ eventSourceArn }) => eventSourceArn).join(", ");
  const cause =
    disabled !== undefined
      ? `The event source mapping ${disabled.uuid} is ${disabled.state}: records stay in the stream until they expire.`
      : `No event source mapping feeds the stream to ${name}${others === "" ? "" : `; those that it has read ${others}`}.`;
  return {
    verdict: "fail",
    statement: `Nothing reads the stream for ${name}.`,
    evidence: all.map(({ uuid, state, eventSourceArn }) => `mapping ${uuid} of ${eventSourceArn}: ${state}`),
    cause,
    remedy:
      disabled !== undefined
        ? terraform(
            "Set enabled = true on the aws_lambda_event_source_mapping.",
            within("aws_lambda_event_source_mapping", lines({ enabled: true })),
          )
        : terraform(
            `Add an aws_lambda_event_source_mapping from the stream to ${name}.`,
            resource("aws_lambda_event_source_mapping", "events", {
              event_source_arn: streamArn,
              function_name: name,
              starting_position: "TRIM_HORIZON",
            }),
          ),
    cuts: ["stream-consumer"],
  };
}

function mayNotRead({ fn, role }: FunctionWithRole, streamArn: string, denied: Denied): Broken {
  return {
    verdict: "fail",
    statement: `The role of ${fn.name} may not read the stream.`,
    evidence: evidenceOf(denied),
    cause: `Lambda reads the stream in the name of ${role.name}, and is denied: ${becauseOf(denied)}.`,
    remedy: allowRole(
      role.name,
      [
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:ListShards",
      ],
      streamArn,
    ),
    cuts: ["stream-consumer"],
  };
}
