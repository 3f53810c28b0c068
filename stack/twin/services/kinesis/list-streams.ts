import { z } from "zod";
import { Timestamp } from "../../model/values.ts";
import { ok } from "../answer.ts";
import { tagList } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { findStream, type KinesisParts, streamArnOf } from "./kinesis-parts.ts";
import { isOnDemand } from "./stream.ts";

/** Names in order; the next page starts after the last name given. */
export function listStreams(parts: KinesisParts): Operation {
  return operation({
    input: z.object({
      Limit: z.int().min(1).max(10_000).optional(),
      ExclusiveStartStreamName: z.string().optional(),
      NextToken: z.string().optional(),
    }),
    access: () => [{ action: "kinesis:ListStreams", resourceArn: "*" }],
    run(call) {
      const after = call.NextToken ?? call.ExclusiveStartStreamName ?? "";
      const rest = parts.streams.all.filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = rest.slice(0, call.Limit ?? 100);
      const HasMoreStreams = page.length < rest.length;
      return ok({
        StreamNames: page.map(({ name }) => name),
        HasMoreStreams,
        NextToken: HasMoreStreams ? page.at(-1)?.name : undefined,
        StreamSummaries: page.map(({ name, arn, settings, createdAtMs }) => ({
          StreamName: name,
          StreamARN: arn,
          StreamStatus: "ACTIVE",
          StreamModeDetails: { StreamMode: isOnDemand(settings) ? "ON_DEMAND" : "PROVISIONED" },
          StreamCreationTimestamp: new Timestamp(createdAtMs),
        })),
      });
    },
  });
}

export function listTagsForStream(parts: KinesisParts): Operation {
  return operation({
    input: z.object({ StreamName: z.string().optional(), StreamARN: z.string().optional() }),
    access: (named) => [{ action: "kinesis:ListTagsForStream", resourceArn: streamArnOf(parts.home, named) }],
    run(call) {
      const stream = findStream(parts, call);
      return "code" in stream ? stream : ok({ Tags: tagList(stream.settings.tags_all), HasMoreTags: false });
    },
  });
}

export function listTagsForResource(parts: KinesisParts): Operation {
  return operation({
    input: z.object({ ResourceARN: z.string() }),
    access: ({ ResourceARN }) => [{ action: "kinesis:ListTagsForResource", resourceArn: ResourceARN }],
    run({ ResourceARN }) {
      const stream = findStream(parts, { StreamARN: ResourceARN });
      return "code" in stream ? stream : ok({ Tags: tagList(stream.settings.tags_all) });
    },
  });
}
