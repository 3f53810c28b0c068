import type { RestContext, RestRequest } from "../model/service.ts";
import { percentDecoded, splitOnce } from "../model/text.ts";

/** A request with its address taken apart. */
export interface S3Request {
  readonly method: string;
  /** Undefined at the service's root (ListBuckets). */
  readonly bucket: string | undefined;
  /** Decoded; undefined at a bucket's root. */
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly headers: RestRequest["headers"];
  readonly body: RestRequest["body"];
  readonly context: RestContext;
}

/** `<bucket>.s3.<region>.amazonaws.com`, `<bucket>.s3.amazonaws.com`, and the like with dualstack; the bucket may have dots. */
const VIRTUAL_HOST = /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const SERVICE_HOST = /^s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;

export function isS3Host(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "");
  return VIRTUAL_HOST.test(name) || SERVICE_HOST.test(name);
}

/** Reads bucket and key from the host (virtual-hosted style) or from the path (path style). */
export function readAddress(request: RestRequest, context: RestContext): S3Request {
  const [path, query] = splitOnce(request.url, "?");
  const host = (request.headers.host ?? headerOf(request, ":authority") ?? "").replace(/:\d+$/, "");
  const fromHost = VIRTUAL_HOST.exec(host)?.[1];
  const [named, rest] = splitOnce(path.slice(1), "/");
  const [bucket, key] = fromHost === undefined ? [percentDecoded(named), rest] : [fromHost, path.slice(1)];
  return {
    method: request.method,
    bucket: bucket === "" ? undefined : bucket,
    key: key === "" ? undefined : percentDecoded(key),
    query: new URLSearchParams(query),
    headers: request.headers,
    header: (name) => headerOf(request, name),
    body: request.body,
    context,
  };
}

function headerOf({ headers }: RestRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}
