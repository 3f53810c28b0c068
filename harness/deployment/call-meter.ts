import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";

/** Counts the calls of a run by operation, and refuses those that its budget does not cover. */
export interface CallMeter {
  /**
   * Called before each request goes out, the SDK's own repetitions included. `operation` as `operationOf` says it.
   * @throws where the call must not be made.
   */
  beforeCall(service: string, operation: string): void;
}

type Request = Parameters<NodeHttpHandler["handle"]>[0];

/** Sends requests as NodeHttpHandler does, and lets a meter see each of them before. */
export class MeteredHandler extends NodeHttpHandler {
  readonly #service: string;
  readonly #meter: CallMeter;

  constructor(service: string, options: NodeHttpHandlerOptions, meter: CallMeter) {
    super(options);
    this.#service = service;
    this.#meter = meter;
  }

  override handle(...args: Parameters<NodeHttpHandler["handle"]>): ReturnType<NodeHttpHandler["handle"]> {
    try {
      this.#meter.beforeCall(this.#service, operationOf(args[0]));
    } catch (error) {
      return Promise.reject(error);
    }
    return super.handle(...args);
  }
}

/**
 * What a request asks for, in AWS' own word where the protocol carries it (JSON, CBOR and Query do); else, for REST, the method, and
 * `LIST` for a listing of a bucket.
 */
function operationOf({ method, path, query, headers, body }: Request): string {
  const target = headers["x-amz-target"] ?? headers["X-Amz-Target"];
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  const inPath = /\/operation\/([A-Za-z]+)$/.exec(path)?.[1];
  if (inPath !== undefined) return inPath;
  const action = typeof body === "string" ? /(?:^|&)Action=([A-Za-z]+)/.exec(body)?.[1] : undefined;
  if (action !== undefined) return action;
  return method === "GET" && query !== undefined && "list-type" in query ? "LIST" : method;
}
