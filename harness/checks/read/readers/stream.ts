import { DescribeStreamSummaryCommand } from "@aws-sdk/client-kinesis";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOfNamed } from "../../../model/settings/place.ts";
import { targetIfAny } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "kinesis:DescribeStreamSummary";

export const streamReader: Reader<"stream"> = {
  kind: "stream",
  namedBy: ({ stream }) => [stream],
  isLinked: true,

  needs: (name, place) => needsOn([DESCRIBE], [arnOfNamed("kinesis", "stream/", name, place)]),

  async read(subject, { clients, askIfAny }) {
    const kinesis = await clients.kinesis();
    const byName = subject.startsWith("arn:") ? { StreamARN: subject } : { StreamName: subject };
    const answer = await askIfAny(DESCRIBE, ["ResourceNotFoundException"], (options) =>
      kinesis.send(new DescribeStreamSummaryCommand(byName), options),
    );
    if (answer === undefined) return undefined;
    const summary = required(answer.StreamDescriptionSummary, "StreamDescriptionSummary", DESCRIBE);
    return {
      kind: "stream",
      name: required(summary.StreamName, "StreamName", DESCRIBE),
      arn: required(summary.StreamARN, "StreamARN", DESCRIBE),
      status: required(summary.StreamStatus, "StreamStatus", DESCRIBE),
      mode: summary.StreamModeDetails?.StreamMode ?? "PROVISIONED",
      openShards: required(summary.OpenShardCount, "OpenShardCount", DESCRIBE),
      keyArn: summary.EncryptionType === "KMS" ? required(summary.KeyId, "KeyId", DESCRIBE) : "",
    };
  },

  links: ({ keyArn }, place) => targetIfAny("key", keyArn, place),
};
