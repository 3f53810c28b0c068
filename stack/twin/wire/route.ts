import type { IncomingHttpHeaders } from "node:http";
import type { SignedBy } from "./credentials.ts";

/** Which service and operation a request asks for, and in which protocol; told from its head alone. */
export type Route =
  | { readonly kind: "json"; readonly service: string; readonly operation: string; readonly version: "1.0" | "1.1" }
  | { readonly kind: "cbor"; readonly service: string; readonly operation: string }
  /** The operation is in the body (or the URL's query): see the Query protocol. */
  | { readonly kind: "query"; readonly service: string }
  | { readonly kind: "rest"; readonly service: string | undefined }
  | { readonly kind: "status" };

const RPC_PATH = /\/service\/([^/]+)\/operation\/([^/?]+)$/;

export function routeOf(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  signer: SignedBy | undefined,
): Route {
  if (method === "GET" && url === "/_twin/status") return { kind: "status" };
  const target = headers["x-amz-target"];
  if (typeof target === "string") return jsonRoute(target, headers["content-type"], signer);
  const path = url.split("?", 1)[0] ?? url;
  const rpc = headers["smithy-protocol"] === "rpc-v2-cbor" ? RPC_PATH.exec(path) : null;
  if (rpc !== null) {
    const [, shape = "", operation = ""] = rpc;
    return { kind: "cbor", service: signer?.signingName ?? shape, operation };
  }
  if (isQuery(method, path, url, headers["content-type"], signer)) {
    return { kind: "query", service: signer?.signingName ?? "unknown" };
  }
  return { kind: "rest", service: signer?.signingName };
}

function jsonRoute(target: string, contentType: string | undefined, signer: SignedBy | undefined): Route {
  const dot = target.lastIndexOf(".");
  const prefix = target.slice(0, Math.max(dot, 0));
  const service = signer?.signingName ?? prefix;
  const version = contentType?.startsWith("application/x-amz-json-1.0") === true ? "1.0" : "1.1";
  return { kind: "json", service, operation: target.slice(dot + 1), version };
}

/** The Query protocol posts a form to `/`; an object posted to S3 from a browser's form does not, it is multipart. */
function isQuery(
  method: string,
  path: string,
  url: string,
  contentType: string | undefined,
  signer: SignedBy | undefined,
): boolean {
  if (path !== "/" || signer?.signingName === "s3") return false;
  if (method === "POST") return contentType?.startsWith("application/x-www-form-urlencoded") === true;
  return method === "GET" && /[?&]Action=/.test(url);
}
