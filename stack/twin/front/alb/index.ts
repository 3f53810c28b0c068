import { randomUUID } from "node:crypto";
import { createClosing } from "../../model/closing.ts";
import type { MetricSink } from "../../model/ports.ts";
import type { LoopbackServer, TlsFiles } from "../loopback-server.ts";
import { startListener } from "./listener-server.ts";
import type { LoadBalancerConfig, TargetGroupConfig } from "./load-balancer-config.ts";
import type { ServePorts } from "./serve-request.ts";

export type * from "./load-balancer-config.ts";

export type AlbPorts = Omit<ServePorts, "random"> & { readonly metrics: MetricSink };

export interface AlbOptions {
  /** The address that clients seem to come from. */
  readonly clientIp?: string;
  /** For HTTPS listeners; without it they are left out, with a note. */
  readonly tls?: TlsFiles;
  readonly random?: () => number;
  readonly newId?: () => string;
}

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

/** An address of the internet that nobody has (TEST-NET-3, RFC 5737): clients on loopback stand for clients out there. */
const internetClientIp = "203.0.113.10";

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
    clientIp: options.clientIp ?? internetClientIp,
    newId: options.newId ?? randomUUID,
    tls: options.tls,
  };
  const servePorts = { ...ports, random: options.random ?? Math.random };
  const endpoints: AlbEndpoint[] = [];
  const notes: string[] = [];
  const servers: LoopbackServer[] = [];
  for (const loadBalancer of loadBalancers) {
    for (const listener of loadBalancer.listeners) {
      if (listener.protocol === "HTTPS" && options.tls === undefined) {
        notes.push(`listener ${listener.arn} is HTTPS and the twin has no certificate for it: it is not served`);
        continue;
      }
      const server = await startListener(loadBalancer, listener, byArn, servePorts, listenerOptions, closing.signal);
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
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
