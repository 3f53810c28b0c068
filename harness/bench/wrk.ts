import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface WrkRun {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** JSON text of one event. */
  readonly body: string;
}

export interface WrkResult {
  readonly requests: number;
  readonly errors: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

/** wrk with one thread, posting the same body again and again. Its figures come from its own hook at the end of a run. */
export async function runWrk({ url, connections, seconds, body }: WrkRun): Promise<WrkResult> {
  const folder = mkdtempSync(join(tmpdir(), "bench-wrk-"));
  const script = join(folder, "post.lua");
  writeFileSync(
    script,
    `wrk.method = "POST"; wrk.body = '${body}'; wrk.headers["content-type"] = "application/json"
    done = function(summary, latency, requests)
      local errors = summary.errors
      io.stderr:write(string.format('{"requests":%d,"errors":%d,"meanMs":%f,"p50Ms":%f,"p99Ms":%f,"p999Ms":%f}',
        summary.requests, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency.mean / 1000, latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000))
    end`,
  );
  try {
    return JSON.parse(await standardError(["-t1", `-c${connections}`, `-d${seconds}s`, "-s", script, url], seconds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function standardError(args: readonly string[], seconds: number): Promise<string> {
  const child = spawn("wrk", args, { stdio: ["ignore", "ignore", "pipe"], timeout: seconds * 1000 + 30_000 });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
}
