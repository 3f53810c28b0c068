import type { LimitRule } from "../limit-rule.ts";
import { shardWrites } from "./shard-writes.ts";

/** A shard takes no more bytes in a second. */
export const shardBytes: LimitRule = {
  limit: "shard-bytes",
  movement: (evidence, phase) => shardWrites(evidence, phase, "bytes"),
  explains: ["entry-concurrency"],
};
