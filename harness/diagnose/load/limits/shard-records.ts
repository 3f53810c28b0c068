import type { LimitRule } from "../limit-rule.ts";
import { shardWrites } from "./shard-writes.ts";

/** A shard takes no more records in a second. */
export const shardRecords: LimitRule = {
  limit: "shard-records",
  movement: (evidence, phase) => shardWrites(evidence, phase, "records"),
  // The entry function sends refused records again and waits in between: it lasts longer.
  explains: ["entry-concurrency"],
};
