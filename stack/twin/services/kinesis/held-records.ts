import type { Clock, FaultAction } from "../../model/ports.ts";
import type { Shard } from "./shard.ts";

type Reorder = Extract<FaultAction, { kind: "reorder" }>;

interface Held {
  readonly ackedMs: number;
  readonly fault: Reorder;
  /** Whether a record that came after its ack stands in the shard by now. */
  overtaken: boolean;
  store(): void;
}

/**
 * Records that were acked and are not in their shard yet, because a planted fault reorders them. Each is stored right behind the
 * first record of its shard that was received long enough after its ack for a client to have sent it in the knowledge of that ack,
 * or when its time is up. Then it tells whether it was overtaken.
 */
export class HeldRecords {
  readonly #clock: Clock;
  readonly #held = new Map<Shard, Set<Held>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a record in, and returns the sequence number to ack it with; it is stored under a later one. */
  hold(shard: Shard, record: { readonly partitionKey: string; readonly data: Uint8Array }, fault: Reorder): string {
    const ackedMs = this.#clock.nowMs();
    const over = new AbortController();
    const ofShard = this.#held.get(shard) ?? new Set();
    this.#held.set(shard, ofShard);
    const held: Held = {
      ackedMs,
      fault,
      overtaken: false,
      store: () => {
        if (!ofShard.delete(held)) return;
        over.abort();
        shard.append(record.partitionKey, record.data, this.#clock.nowMs());
        if (held.overtaken) fault.happened();
      },
    };
    ofShard.add(held);
    void this.#clock.wait(fault.atMostMs, over.signal).then(held.store);
    return shard.lose(record.partitionKey, ackedMs);
  }

  /** A record was stored that was received at this time. */
  stored(shard: Shard, receivedMs: number): void {
    for (const held of this.#held.get(shard) ?? []) {
      if (receivedMs > held.ackedMs) held.overtaken = true;
      if (held.overtaken && receivedMs >= held.ackedMs + held.fault.leastMs) held.store();
    }
  }
}
