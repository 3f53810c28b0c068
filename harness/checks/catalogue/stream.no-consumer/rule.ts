import { nameIn } from "../../../model/resource-name.ts";
import type { EventSourceMappingsSetting } from "../../../model/settings/function-setting.ts";
import { type FunctionWithRole, functionWithRole } from "../../iam/key-use.ts";
import type { Denied } from "../../iam/request.ts";
import { becauseOf, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { allowRole, lines, resource, terraform, within } from "../../remedy.ts";
import type { Broken, Rule, RuleContext } from "../../rule.ts";
import { decideFor, streamArnOf } from "../../stream-use.ts";

/**
 * An event source mapping that runs reads the stream for the consumer, whose role may read it. What the stream's key says is
 * `stream.key-unusable`.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
export const streamNoConsumer: Rule = {
  code: "stream.no-consumer",
  severity: "flow",
  title: "The stream has a consumer that reads it",
  breaks: "What reaches the stream is never consumed, and expires there.",
  reads: ["function", "role", "event-source-mappings"],
  needs: ["stream", "consumerFunction"],
  remedy:
    "An enabled aws_lambda_event_source_mapping from the stream to the consumer, whose role may kinesis:GetRecords, GetShardIterator, DescribeStream, DescribeStreamSummary and ListShards.",

  judge(account, context) {
    const { consumerFunction = "" } = context.roles;
    const streamArn = streamArnOf(context);
    const subject = `consumer ${nameIn(consumerFunction)} of stream ${nameIn(streamArn)}`;
    return judging(subject, () => {
      const mappings = settingOf(account, "event-source-mappings", consumerFunction)?.mappings ?? [];
      const ours = mappings.filter(({ eventSourceArn }) => isOfStream(eventSourceArn, streamArn));
      const running = ours.find(({ state }) => !/^(Disabl|Delet)/.test(state));
      if (running === undefined) return noMapping(consumerFunction, streamArn, ours, mappings);
      const consumer = functionWithRole(account, consumerFunction);
      if (consumer === null) return null;
      const isFanOut = running.eventSourceArn.includes("/consumer/");
      const denied = firstDeniedReading(
        consumer,
        isFanOut ? ENHANCED_FAN_OUT : READING,
        running.eventSourceArn,
        context,
      );
      if (denied !== null) return mayNotRead(consumer, streamArn, denied);
      return passes(`An event source mapping feeds the stream to ${consumer.fn.name}, whose role may read it.`, [
        `mapping ${running.uuid}: ${running.state}`,
      ]);
    });
  },
};

/** One list per thing that Lambda does for the mapping; any action of a list will do. */
const READING: readonly (readonly string[])[] = [
  ["kinesis:GetRecords"],
  ["kinesis:GetShardIterator"],
  ["kinesis:ListShards", "kinesis:DescribeStream"],
  ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary"],
];
const ENHANCED_FAN_OUT: readonly (readonly string[])[] = [["kinesis:SubscribeToShard"]];

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
