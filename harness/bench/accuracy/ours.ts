import { LatencyHistogram } from "../../model/latency-histogram.ts";
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
      mean: latency.meanMs() ?? Number.NaN,
      p50: latency.percentileMs(50) ?? Number.NaN,
      p99: latency.percentileMs(99) ?? Number.NaN,
      p999: latency.percentileMs(99.9) ?? Number.NaN,
    },
    sendDelayP99Ms: addHistograms(seconds.map((second) => second.sendDelay)).percentileMs(99) ?? Number.NaN,
    sent: seconds.reduce((sum, { sentRequests }) => sum + sentRequests, 0),
    acked: seconds.reduce((sum, { acked }) => sum + decodeSet(acked).count, 0),
  };
}

function addHistograms(texts: readonly string[]): LatencyHistogram {
  const sum = new LatencyHistogram();
  for (const text of texts) sum.addEncoded(text);
  return sum;
}
