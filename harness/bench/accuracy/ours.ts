import { join } from "node:path";
import { build, decodeFromCompressedBase64 } from "hdr-histogram-js";
import { packageRoot } from "../../deployment/package-root.ts";
import { startLoadSender } from "../../inject/load/load-sender.ts";
import type { LoadPhase } from "../../model/load.ts";
import type { LoadSecond } from "../../model/load-fact.ts";
import { decodeSet } from "../../model/sequence-set.ts";
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
  const sender = await startLoadSender(
    {
      scenario: "bench",
      entry: { kind: "http", via: "alb", method: "POST", url, body: '{"id":"{tag}"}', batchBody: null },
      connectTo: {},
      ca: undefined,
      runId: "20261122t015900x7f3a9c",
      producer: "orders",
      eventsPerRequest: 1,
      bodyBytes: null,
      workers: 2,
      maxConnections: 4_000,
      requestMs: 10_000,
      drainMs: 2_000,
      times: false,
      workerFile: join(packageRoot(), "harness", "dist", "load-worker.mjs"),
    },
    {
      onSecond: (second) => {
        seconds.push(second);
      },
      onBroken: (message) => {
        throw new Error(message);
      },
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
