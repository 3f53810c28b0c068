import { join } from "node:path";
import { z } from "zod";
import { bootTwin } from "../deployment/twin-process.ts";
import { readJournal } from "../journal/reader.ts";
import type { Fact } from "../model/fact.ts";
import { isLoadFact } from "../model/load-fact.ts";
import { SequenceSet } from "../model/sequence-set.ts";
import { FUNCTIONS, stackproof, temporaryFolder } from "../testing/stackproof.ts";
import { remove, setValues, snapshotWith } from "../testing/state.ts";
import type { Figures } from "./bench.ts";

/**
 * Reorderings begin when the functions are warm and are counted: while requests queue, or on the last events of a run, a client could
 * not prove them.
 */
const FAULTS = {
  seed: 3,
  faults: [
    { hop: "stream", kind: "drop", rate: 0.0001 },
    { hop: "stream", kind: "duplicate", rate: 0.001 },
    { hop: "stream", kind: "reorder", rate: 0.005, delayMs: [1_500, 20_000], count: 15, firstMs: 20_000 },
  ],
};

/** Events that are lost are waited for so long. */
const EVENTS_MS = 20_000;

const status = z.object({
  faults: z.object({
    done: z.array(z.object({ hop: z.string(), kind: z.string(), count: z.number(), passages: z.array(z.string()) })),
  }),
});

/**
 * 500 events a second for a minute with planted drops (1 in 10,000), duplicates (1 in 1,000) and reorderings at the stream: what the
 * harness found, event by event, against the twin's own ledger.
 */
export async function planted(): Promise<Figures> {
  const folder = temporaryFolder();
  const state = folder.write(
    "state.json",
    snapshotWith(setValues("aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" }), remove("aws_instance")),
  );
  const twin = await bootTwin({
    stateFile: state,
    functionsFolder: FUNCTIONS,
    faultsFile: folder.write("faults.json", JSON.stringify(FAULTS)),
  });
  try {
    const loads = folder.write(
      "loads.json",
      JSON.stringify([
        {
          name: "planted",
          proves: "what was planted is found",
          pipeline: "alb",
          profile: { kind: "steady", eventsPerSecond: 500, durationMs: 60_000 },
          deadlines: { eventsMs: EVENTS_MS },
        },
      ]),
    );
    const out = join(folder.path, "reports");
    const connectTo = Object.entries(twin.connectTo).flatMap(([host, url]) => ["--connect-to", `${host}=${url}`]);
    await stackproof(["load", "--deployment", state, "--loads", loads, "--json", "--out", out, ...connectTo], {
      env: { ...process.env, ...twin.env },
      timeoutMs: 240_000,
    });
    const answer = await fetch(`${twin.env["AWS_ENDPOINT_URL"]}/_twin/status`);
    const { faults } = status.parse(await answer.json());
    return figuresOf(readJournal(join(out, "latest", "journal.ndjson")), faults.done);
  } finally {
    await twin.stop();
    folder.remove();
  }
}

function figuresOf(facts: readonly Fact[], done: z.infer<typeof status>["faults"]["done"]): Figures {
  const found = {
    acked: new SequenceSet(),
    lost: new SequenceSet(),
    twice: new SequenceSet(),
    late: new SequenceSet(),
  };
  for (const fact of facts) {
    if (!isLoadFact(fact)) continue;
    if (fact.fact === "load-second") found.acked.addEncoded(fact.acked);
    if (fact.fact === "load-absent" && fact.consistent) found.lost.addEncoded(fact.absent);
    if (fact.fact === "load-arrived" && fact.hop === "stream") found.twice.addEncoded(fact.repeated);
    if (fact.fact === "load-reordered") found.late.addEncoded(fact.overtaken);
  }
  const ledger = (kind: string) => {
    const set = new SequenceSet();
    for (const entry of done.filter((one) => one.kind === kind))
      for (const passage of entry.passages) set.add(Number(passage.split("-").at(-1)));
    return set;
  };
  const differing = (mine: SequenceSet, its: SequenceSet) => mine.minus(its).count + its.minus(mine).count;
  const [drops, duplicates, reorders] = [ledger("drop"), ledger("duplicate"), ledger("reorder")];
  return {
    acked: found.acked.count,
    plantedDrops: drops.count,
    foundLost: found.lost.count,
    plantedDuplicates: duplicates.count,
    foundDuplicated: found.twice.count,
    plantedReorders: reorders.count,
    foundReordered: found.late.count,
    differences: differing(found.lost, drops) + differing(found.twice, duplicates) + differing(found.late, reorders),
  };
}
