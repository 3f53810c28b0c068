import { randomUUID } from "node:crypto";
import { createClosing } from "../../model/closing.ts";
import type { Listener } from "../../model/listener.ts";
import type { MetricSink, ObjectWriter } from "../../model/ports.ts";
import { INTERNET_CLIENT_IP } from "../../network/address-range.ts";
import { listenSilently } from "../loopback-server.ts";
import { type AccessLog, startAccessLog } from "./access-log.ts";
import { startListener } from "./listener-server.ts";
import type { LoadBalancerConfig, TargetGroupConfig } from "./load-balancer-config.ts";
import type { ServePorts } from "./serve-request.ts";

export type * from "./load-balancer-config.ts";

type AlbPorts = Omit<ServePorts, "random"> & {
  readonly metrics: MetricSink;
  /** Takes the access logs; without it none are written. */
  readonly objects?: ObjectWriter;
};

interface AlbOptions {
  /** The address that clients seem to come from. */
  readonly clientIp?: string;
  readonly random?: () => number;
  readonly newId?: () => string;
  readonly accessLogIntervalMs?: number;
}

/** AWS delivers access logs every five minutes. */
const ACCESS_LOG_INTERVAL_MS = 5_000;

/** Where a listener is reached: what the outputs call `host` and `port` is at `url`. */
export interface AlbEndpoint {
  readonly dnsName: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** For example `http://127.0.0.1:41233`. */
  readonly url: string;
}

export interface Alb {
  readonly endpoints: readonly AlbEndpoint[];
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** Starts every listener of every load balancer, each on a loopback port of its own. */
export async function startAlb(
  loadBalancers: readonly LoadBalancerConfig[],
  targetGroups: readonly TargetGroupConfig[],
  ports: AlbPorts,
  options: AlbOptions = {},
): Promise<Alb> {
  const closing = createClosing();
  const byArn = new Map(targetGroups.map((targetGroup) => [targetGroup.arn, targetGroup]));
  const listenerOptions = {
    clientIp: options.clientIp ?? INTERNET_CLIENT_IP,
    newId: options.newId ?? randomUUID,
  };
  const servePorts = { ...ports, random: options.random ?? Math.random };
  const endpoints: AlbEndpoint[] = [];
  const notes: string[] = [];
  const servers: Listener[] = [];
  const accessLogs: AccessLog[] = [];
  for (const loadBalancer of loadBalancers) {
    const accessLog = startAccessLog(loadBalancer, ports, options.accessLogIntervalMs ?? ACCESS_LOG_INTERVAL_MS);
    accessLogs.push(accessLog);
    for (const listener of loadBalancer.listeners) {
      if (listener.protocol === "HTTPS") {
        notes.push(`listener ${listener.arn} is HTTPS and the twin has no certificate for it: it is not served`);
        continue;
      }
      if (listener.unreachable !== undefined) {
        const where = `port ${listener.port} of ${loadBalancer.dnsName}`;
        notes.push(`${where} does not answer the internet: ${listener.unreachable}`);
      }
      const server = await (listener.unreachable === undefined
        ? startListener({ loadBalancer, accessLog }, listener, byArn, servePorts, listenerOptions, closing.signal)
        : listenSilently());
      servers.push(server);
      const url = `${listener.protocol.toLowerCase()}://127.0.0.1:${server.port}`;
      endpoints.push({ dnsName: loadBalancer.dnsName, port: listener.port, protocol: listener.protocol, url });
    }
  }
  return {
    endpoints,
    notes,
    async close() {
      closing.abort();
      await Promise.all(accessLogs.map((accessLog) => accessLog.close()));
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
