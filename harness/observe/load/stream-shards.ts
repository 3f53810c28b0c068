import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { LoadStreamRead } from "../../model/load-fact.ts";
import type { Clock } from "../../model/ports.ts";
import { listShards } from "../list-shards.ts";
import { worstOf } from "../worst-failure.ts";
import { createLoadShard, type LoadShard, type LoadShardOptions } from "./load-shard.ts";

/** How much of a shard was read, for the journal. */
export type Stretch = Pick<LoadStreamRead, "shardId" | "complete" | "fromMs" | "untilMs">;

/** All shards of a stream, those that resharding adds while it is read too. */
export class StreamShards {
  readonly #options: StreamShardsOptions;
  readonly #shards = new Map<string, { readonly shard: LoadShard; fromMs: number }>();
  #isListed = false;

  constructor(options: StreamShardsOptions) {
    this.#options = options;
  }

  /** Reads each shard that is due once, side by side. Throws ReadFailed, where several failed the one that ends the wait first. */
  async read(signal: AbortSignal): Promise<void> {
    if (!this.#isListed) await this.#discover(signal);
    const open = this.#all().filter((shard) => !shard.hasEnded());
    const results = await Promise.allSettled(open.map((shard) => shard.readIfDue(signal)));
    // A shard that ends was split or merged: its children go on.
    if (open.some((shard) => shard.hasEnded())) this.#isListed = false;
    const worst = worstOf(results);
    if (worst !== undefined) throw worst;
  }

  /** Whether every shard was read to its tip by a read that began at `atMs` or later. */
  areReadUntil(atMs: number): boolean {
    const isRead = (shard: LoadShard) => shard.isAtTip() && (shard.readUntilMs() ?? 0) >= atMs;
    return this.#isListed && this.#all().every((shard) => shard.hasEnded() || isRead(shard));
  }

  /** How far each shard was read since the last time that this was asked. */
  stretches(): Stretch[] {
    return [...this.#shards.values()].map((each) => {
      const fromMs = each.fromMs;
      each.fromMs = Math.max(fromMs, each.shard.readUntilMs() ?? fromMs);
      return { shardId: each.shard.shardId, complete: true, fromMs, untilMs: each.fromMs };
    });
  }

  /** What is left unread, where a shard was not read to its tip by a read that began at `neededMs` or later. */
  unread(neededMs: number, nowMs: number): Stretch[] {
    return [...this.#shards.values()].flatMap(({ shard, fromMs }) => {
      const isRead = shard.isAtTip() && (shard.readUntilMs() ?? fromMs) >= neededMs;
      if (shard.hasEnded() || isRead) return [];
      return [{ shardId: shard.shardId, complete: false, fromMs, untilMs: Math.max(nowMs, fromMs) }];
    });
  }

  #all(): LoadShard[] {
    return [...this.#shards.values()].map(({ shard }) => shard);
  }

  async #discover(signal: AbortSignal): Promise<void> {
    const { stream, client, clock, fromMs, onRecord } = this.#options;
    const isFirst = this.#shards.size === 0;
    for (const { ShardId: shardId } of await listShards(stream, client, signal)) {
      if (shardId === undefined || this.#shards.has(shardId)) continue;
      const shard = createLoadShard({
        stream,
        shardId,
        // A shard that appears later is younger than the run: all of it counts.
        fromMs: isFirst ? fromMs : undefined,
        client,
        clock,
        onRecord: (record, readAtMs) => onRecord(shardId, record, readAtMs),
      });
      this.#shards.set(shardId, { shard, fromMs });
    }
    this.#isListed = true;
  }
}

export interface StreamShardsOptions {
  readonly stream: string;
  readonly fromMs: number;
  readonly client: KinesisClient;
  readonly clock: Clock;
  /** Called for each record, in the order of its shard. */
  readonly onRecord: (shardId: string, ...record: Parameters<LoadShardOptions["onRecord"]>) => void;
}
