import { Pool } from "undici";
import type { EventTag } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Entry } from "../model/scenario.ts";
import { fillEvents, fillTag } from "../model/template.ts";
import { readAnswer } from "./answer.ts";
import { type ConnectTo, connectOrigin } from "./connect-to.ts";
import { parseEntryUrl } from "./entry-url.ts";
import { outcomeOfFailure, outcomeOfStatus } from "./outcome.ts";
import type { Sender } from "./sender.ts";

export type HttpEntry = Extract<Entry, { kind: "http" }>;

export interface HttpOptions {
  readonly connectTo: ConnectTo;
  /** Limit for making a connection; the limit for the whole request is the caller's signal. */
  readonly connectMs: number;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca?: string | undefined;
}

/**
 * Sends events to an ALB or an API Gateway over HTTP. Connections are kept alive and as many as requests are under way at once,
 * because an open-loop sender must never wait for a free one.
 *
 * @throws CannotRun where the entry's URL, or the URL that `connectTo` names for it, is none.
 */
export function createHttpSender(entry: HttpEntry, options: HttpOptions): Sender {
  const url = parseEntryUrl(entry.url);
  const pool = new Pool(connectOrigin(url, options.connectTo), {
    connections: null,
    pipelining: 1,
    // Time limits are the caller's signal: one limit for the whole request, not one for each of its parts.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: options.connectMs,
      servername: url.hostname,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    },
  });
  const headers = { host: url.host, "content-type": "application/json" };

  return {
    sizeBytes: (tag) => Buffer.byteLength(fillTag(entry.body, tag)),

    async send(tags, signal): Promise<Outcome> {
      let status: number | null = null;
      try {
        const response = await pool.request({
          method: entry.method,
          path: `${url.pathname}${url.search}`,
          headers,
          body: requestBody(entry, tags),
          signal,
        });
        status = response.statusCode;
        return outcomeOfStatus(status, await readAnswer(response.body));
      } catch (error) {
        return outcomeOfFailure(error, status);
      }
    },

    close: () => pool.destroy(),
  };
}

function requestBody(entry: HttpEntry, tags: readonly EventTag[]): string {
  const bodies = tags.map((tag) => fillTag(entry.body, tag));
  const [only] = bodies;
  if (bodies.length === 1 && only !== undefined) return only;
  if (entry.batchBody === null) throw new TypeError("a request with several events needs the entry's batchBody");
  return fillEvents(entry.batchBody, bodies);
}
