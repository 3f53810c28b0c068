import { build, decodeFromCompressedBase64 } from "hdr-histogram-js";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { decodeSet } from "../../model/sequence-set.ts";
import { startBenchSender } from "../bench-sender.ts";
import type { LatencyFigures } from "./stalls.ts";

export interface OurFigures {
  readonly latency: LatencyFigures;
  readonly sendDelayP99Ms: number;
  readonly sent: number;
  readonly acked: number;
}

/** Sends a phase with our own sender, two threads, and adds up its facts. */
export async function loadWithOurs(url: string, phase: LoadPhase): Promise<OurFigures> {
  const seconds: LoadSecond[] = [];
  const sender = await startBenchSender(
    { url, body: '{"id":"{tag}"}', workers: 2, maxConnections: 4_000, requestMs: 10_000, drainMs: 2_000 },
    (second) => {
      seconds.push(second);
    },
  );
  sender.send(phase);
  await sender.drained();
  await sender.stop();
  const latency = addHistograms(seconds.map((second) => second.latency));
  return {
    latency: {
      mean: latency.mean / 1000,
      p50: latency.getValueAtPercentile(50) / 1000,
      p99: latency.getValueAtPercentile(99) / 1000,
      p999: latency.getValueAtPercentile(99.9) / 1000,
    },
    sendDelayP99Ms: addHistograms(seconds.map((second) => second.sendDelay)).getValueAtPercentile(99) / 1000,
    sent: seconds.reduce((sum, { sentRequests }) => sum + sentRequests, 0),
    acked: seconds.reduce((sum, { acked }) => sum + decodeSet(acked).count, 0),
  };
}

function addHistograms(texts: readonly string[]) {
  const sum = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const text of texts) sum.add(decodeFromCompressedBase64(text));
  return sum;
}
