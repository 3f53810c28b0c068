import { join } from "node:path";
import { packageRoot } from "../deployment/package-root.ts";
import {
  type LoadSender,
  type LoadSenderEvents,
  type LoadSenderOptions,
  startLoadSender,
} from "../inject/load/load-sender.ts";

/** What a bench says of its sender; the rest is the same for all. */
export type BenchSenderOptions = Partial<LoadSenderOptions> &
  Pick<LoadSenderOptions, "workers" | "maxConnections" | "requestMs"> & {
    readonly url: string;
    readonly body: string;
    readonly batchBody?: string;
  };

/** The load sender as a run starts it, before an HTTP server of the bench. A thread that breaks ends the bench. */
export function startBenchSender(
  { url, body, batchBody, ...options }: BenchSenderOptions,
  onSecond: LoadSenderEvents["onSecond"],
): Promise<LoadSender> {
  return startLoadSender(
    {
      scenario: "bench",
      entry: { kind: "http", via: "alb", method: "POST", url, body, batchBody: batchBody ?? null },
      connectTo: {},
      ca: undefined,
      runId: "20261122t015900x7f3a9c",
      producer: "orders",
      eventsPerRequest: 1,
      bodyBytes: null,
      drainMs: 1_000,
      times: false,
      workerFile: join(packageRoot(), "harness", "dist", "load-worker.mjs"),
      ...options,
    },
    {
      onSecond,
      onBroken: (message) => {
        throw new Error(message);
      },
    },
  );
}
