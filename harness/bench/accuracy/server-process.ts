import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { packageRoot } from "../../deployment/package-root.ts";
import type { FromServer, ToServer } from "./stalling-server.ts";
import type { Stalls } from "./stalls.ts";

export interface StallingServer {
  readonly url: string;
  /** Sets the beginning of time: stalls count from here. Milliseconds since the epoch. */
  start(startMs: number): void;
  /** When each request came, milliseconds from the start. */
  arrivalsMs(): Promise<readonly number[]>;
  close(): Promise<void>;
}

export async function startStallingServer(stalls: Stalls): Promise<StallingServer> {
  const script = join(packageRoot(), "harness", "bench", "accuracy", "stalling-server.ts");
  const child = fork(script, [JSON.stringify(stalls)], { cwd: packageRoot(), execArgv: ["--import", "tsx"] });
  const listening = await hear(child);
  if (listening.kind !== "listening") throw new Error("the server did not say where it listens");
  const tell = (message: ToServer) => child.send(message);
  return {
    url: `http://127.0.0.1:${listening.port}/events`,
    start: (startMs) => tell({ kind: "start", startMs }),
    arrivalsMs: async () => {
      const answer = hear(child);
      tell({ kind: "arrivals" });
      const message = await answer;
      return message.kind === "arrivals" ? message.arrivalsMs : [];
    },
    close: async () => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function hear(child: ChildProcess): Promise<FromServer> {
  const [message]: FromServer[] = await once(child, "message", { signal: AbortSignal.timeout(30_000) });
  if (message === undefined) throw new Error("the server said nothing");
  return message;
}
