import { splitOnce } from "../../model/text.ts";

/** A request as it came to a listener, its body read. */
export interface AlbRequest {
  readonly method: string;
  /** Path as it came, still percent-encoded. */
  readonly path: string;
  /** Query as it came, still percent-encoded, without the question mark. */
  readonly query: string;
  /** Names in lower case, every value that came. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
  readonly clientIp: string;
}

export interface AlbResponse {
  readonly status: number;
  readonly statusText: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
}

/** Name and value pairs of a query in their order, still percent-encoded, as a load balancer passes them on. */
export function queryPairs(query: string): [string, string][] {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => splitOnce(part, "="));
}
