import { CannotRun } from "../../model/errors.ts";
import type { Entry } from "../../model/scenario.ts";
import { type ConnectTo, connectOrigin } from "../connect-to.ts";
import { parseEntryUrl } from "../entry-url.ts";
import type { Peer } from "./open-socket.ts";
import type { RequestShape } from "./request-text.ts";

export type HttpEntry = Extract<Entry, { kind: "http" }>;

/**
 * The entry of a scenario as one that can be put under load.
 *
 * @throws CannotRun `load.entry-not-supported` where events enter as uploads.
 */
export function httpEntryOf(entry: Entry, scenario: string): HttpEntry {
  if (entry.kind === "http") return entry;
  throw new CannotRun({
    code: "load.entry-not-supported",
    message: "load goes to a load balancer or an API Gateway, and events of this scenario enter as uploads to S3",
    place: `scenario ${scenario}`,
    remedy: "Take it out of the load scenarios; `stackproof verify` proves its way.",
  });
}

export interface LoadTarget {
  readonly entry: HttpEntry;
  readonly connectTo: ConnectTo;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca: string | undefined;
  readonly runId: string;
  readonly producer: string;
  readonly eventsPerRequest: number;
  readonly bodyBytes: number | null;
}

/**
 * Where requests go and what they look like. Host header and TLS server name stay the entry's own, wherever `connectTo` leads.
 *
 * @throws CannotRun where a URL is none, or a request cannot carry so many events.
 */
export function resolveTarget(target: LoadTarget): { readonly peer: Peer; readonly shape: RequestShape } {
  const { entry, eventsPerRequest } = target;
  const url = parseEntryUrl(entry.url);
  const origin = new URL(connectOrigin(url, target.connectTo));
  if (eventsPerRequest > 1 && entry.batchBody === null) {
    throw new CannotRun({
      code: "scenario.batch-not-possible",
      message: `the load puts ${eventsPerRequest} events into one request, and the entry takes one`,
      place: `entry ${entry.url}`,
      remedy: 'Give the entry a batchBody with "{events}" in it, or plan one event for each request.',
    });
  }
  const isTls = origin.protocol === "https:";
  return {
    peer: {
      protocol: isTls ? "https:" : "http:",
      host: origin.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: origin.port === "" ? (isTls ? 443 : 80) : Number(origin.port),
      serverName: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      ca: target.ca,
    },
    shape: {
      method: entry.method,
      path: `${url.pathname}${url.search}`,
      host: url.host,
      body: entry.body,
      batchBody: eventsPerRequest > 1 ? entry.batchBody : null,
      runId: target.runId,
      producer: target.producer,
      eventsPerRequest,
      bodyBytes: target.bodyBytes,
    },
  };
}
