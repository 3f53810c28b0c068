import autocannon from "autocannon";
import { runWrk } from "../wrk.ts";
import type { LatencyFigures } from "./stalls.ts";

const HEADERS = { "content-type": "application/json" };
const BODY = '{"id":"sp-20261122t015900x7f3a9c-orders-123456"}';

/** autocannon in its rate mode, with its own correction of coordinated omission. */
export async function loadWithAutocannon(url: string, perSecond: number, seconds: number): Promise<LatencyFigures> {
  const options = { url, connections: 50, duration: seconds, overallRate: perSecond };
  const { latency } = await autocannon({ ...options, method: "POST", headers: HEADERS, body: BODY });
  return { mean: latency.average, p50: latency.p50, p99: latency.p99, p999: latency.p99_9 };
}

/** wrk, which knows no rate: as many connections as make it at the server's delay. */
export async function loadWithWrk(url: string, connections: number, seconds: number): Promise<LatencyFigures> {
  const { meanMs, p50Ms, p99Ms, p999Ms } = await runWrk({ url, connections, seconds, body: BODY });
  return { mean: meanMs, p50: p50Ms, p99: p99Ms, p999: p999Ms };
}
