import { gzipSync } from "node:zlib";
import { createClosing } from "../../model/closing.ts";
import type { Clock, ObjectWriter, Principal } from "../../model/ports.ts";
import { type AccessLogEntry, accessLogLine } from "./access-log-line.ts";
import type { LoadBalancerConfig } from "./load-balancer-config.ts";

/** Collects a load balancer's requests and puts them into its bucket. */
export interface AccessLog {
  add(entry: AccessLogEntry): void;
  close(): Promise<void>;
}

/** Lines kept until the next delivery; what comes beyond is lost, as AWS too delivers logs on a best-effort basis. */
const MAXIMUM_LINES = 20_000;

/**
 * Delivers access logs as ELB does, as the service principal of log deliveries, where the bucket's policy and
 * encryption let it: a test file when they are switched on (at boot), then an object for every interval with requests.
 * Where it may not, nothing comes and nobody is told.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function startAccessLog(
  { arn, arnSuffix, accessLogs }: LoadBalancerConfig,
  { clock, objects }: { readonly clock: Clock; readonly objects?: ObjectWriter },
  intervalMs: number,
): AccessLog {
  if (accessLogs === undefined || objects === undefined) return { add: () => {}, close: async () => {} };
  const { bucket, prefix } = accessLogs;
  const [, , , region = "", accountId = ""] = arn.split(":");
  const folder = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${accountId}`;
  const service = "logdelivery.elasticloadbalancing.amazonaws.com";
  const writer: Principal = { kind: "service", service, sourceArn: arn, sourceAccount: accountId };
  const closing = createClosing();
  let lines: string[] = [];
  let deliveries = 0;

  const put = async (key: string, body: string | Uint8Array, contentType: string) => {
    await objects.putObject({ bucket, key, body, contentType }, writer);
  };
  const deliver = async () => {
    const delivered = lines;
    lines = [];
    if (delivered.length === 0) return;
    const at = new Date(clock.nowMs()).toISOString();
    const day = at.slice(0, 10).replaceAll("-", "/");
    const name = `${accountId}_elasticloadbalancing_${region}_${arnSuffix.replaceAll("/", ".")}`;
    const time = `${at.slice(0, 16).replaceAll(/[-:]/g, "")}Z`;
    deliveries += 1;
    const unique = deliveries.toString(36).padStart(8, "0");
    const key = `${folder}/elasticloadbalancing/${region}/${day}/${name}_${time}_192.0.2.1_${unique}.log.gz`;
    await put(key, gzipSync(`${delivered.join("\n")}\n`), "application/octet-stream");
  };
  const work = async () => {
    await put(`${folder}/ELBAccessLogTestFile`, "Enable AccessLog for ELB: all settings are right.\n", "text/plain");
    while (!closing.signal.aborted) {
      await clock.wait(intervalMs, closing.signal);
      await deliver();
    }
  };
  const working = work();
  return {
    add(entry) {
      if (lines.length < MAXIMUM_LINES) lines.push(accessLogLine(arnSuffix, entry));
    },
    async close() {
      closing.abort();
      await working;
    },
  };
}
