import { type KinesisClient, ListShardsCommand, type Shard } from "@aws-sdk/client-kinesis";
import { call } from "./call.ts";

/** Every shard of a stream, closed ones too. Throws ReadFailed where a page could not be read. */
export async function listShards(stream: string, client: KinesisClient, signal: AbortSignal): Promise<Shard[]> {
  const shards: Shard[] = [];
  let token: string | undefined;
  do {
    // With a token, the stream may not be named again.
    const input = token === undefined ? { StreamName: stream } : { NextToken: token };
    const page = await call("kinesis:ListShards", signal, () =>
      client.send(new ListShardsCommand(input), { abortSignal: signal }),
    );
    shards.push(...(page.Shards ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return shards;
}
