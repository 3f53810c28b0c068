import { nameIn } from "../../../model/resource-name.ts";
import { type FunctionWithRole, functionWithRole } from "../../iam/key-use.ts";
import type { Denied } from "../../iam/request.ts";
import { becauseOf, evidenceOf, judging, passes } from "../../judging.ts";
import { allowRole } from "../../remedy.ts";
import type { Broken, Rule } from "../../rule.ts";
import { decideFor, streamArnOf } from "../../stream-use.ts";

/**
 * Something may write to the stream. Whether anything reads it is `stream.no-consumer`, what its key says `stream.key-unusable`.
 *
 * PutRecord is enough for a function that puts records one by one, PutRecords for one that puts them in batches. No setting says
 * which of the two a function calls: if it is the denied one, its events do not arrive, and its log names the action.
 * https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
 */
export const streamNoProducer: Rule = {
  code: "stream.no-producer",
  severity: "flow",
  title: "The producer may write to the stream",
  breaks: "The entry answers and nothing reaches the stream.",
  reads: ["function", "role"],
  needs: ["stream", "entryFunction"],
  remedy: "Allow kinesis:PutRecord and kinesis:PutRecords on the stream's ARN to the producer's role.",

  judge(account, context) {
    const { entryFunction = "" } = context.roles;
    const streamArn = streamArnOf(context);
    const subject = `producer ${nameIn(entryFunction)} of stream ${nameIn(streamArn)}`;
    return judging(subject, () => {
      const producer = functionWithRole(account, entryFunction);
      if (producer === null) return null;
      const [batch, single] = ["kinesis:PutRecords", "kinesis:PutRecord"].map((action) =>
        decideFor(producer, action, streamArn, context),
      );
      const decisions = [batch, single].flatMap((decision) => (decision === undefined ? [] : [decision]));
      const denied = decisions.flatMap((decision) => (decision.kind === "denied" ? [decision] : []));
      const [first] = denied;
      if (first === undefined || denied.length < decisions.length) {
        return passes(
          `The role of ${producer.fn.name} may put records into the stream${batch?.kind === "denied" ? ", one by one" : ""}.`,
          decisions.flatMap((decision) => (decision.kind === "allowed" ? [`allowed by ${decision.by}`] : [])),
        );
      }
      return mayNotPut(producer, streamArn, first);
    });
  },
};

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
