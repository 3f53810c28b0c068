import { NodeHttpHandler } from "@smithy/node-http-handler";
import { withTimeout } from "./with-timeout.ts";

type Handle = NodeHttpHandler["handle"];

/**
 * Sends the requests of an SDK client over HTTP/1.1, and ends them when the time of their call is over.
 *
 * A signal that is given to the SDK with the call makes it build the call's middleware anew each time; a client with
 * `cacheMiddleware` builds it once, and a call costs a fifth less. The signal can be kept here because an execution environment runs
 * one invocation at a time, and an invocation makes one call at a time.
 */
export class TimedRequests extends NodeHttpHandler {
  #signal: AbortSignal | undefined;

  /** Makes a call; after `timeoutMs` it fails with a `TimeoutError`, whichever of its attempts is under way. */
  within<T>(timeoutMs: number, call: () => Promise<T>): Promise<T> {
    return withTimeout(timeoutMs, (signal) => {
      this.#signal = signal;
      return call();
    });
  }

  override handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const abortSignal = options?.abortSignal ?? this.#signal;
    return super.handle(request, { ...options, ...(abortSignal === undefined ? {} : { abortSignal }) });
  }
}
