import type { InvokeMessage, ThreadOutcome, ThreadStart } from "../thread-messages.ts";
import { RuntimeError, toFunctionError } from "./function-error.ts";
import type { Handler } from "./load-handler.ts";

/** The thread's event loop, as far as an invocation needs it. */
interface EventLoop {
  /** Called once when nothing is left to do in the thread; replaces what was asked for before. */
  whenEmpty(then: (() => void) | undefined): void;
}

/**
 * Runs the handler once with Lambda's rules: a promise answers when it settles; a callback answers when the event loop is
 * empty, or at once with `callbackWaitsForEmptyEventLoop = false`; a synchronous handler that never calls back answers
 * null; a promise that nothing can settle any more is `Runtime.NodeJsExit`. `settle` is called exactly once.
 */
export function runHandler(
  handler: Handler,
  start: ThreadStart,
  message: InvokeMessage,
  loop: EventLoop,
  settle: (outcome: ThreadOutcome, thrown?: unknown) => void,
): void {
  let settled = false;
  const end = (outcome: ThreadOutcome, thrown?: unknown) => {
    if (settled) return;
    settled = true;
    loop.whenEmpty(undefined);
    settle(outcome, thrown);
  };
  const fail = (thrown: unknown) => end({ kind: "failed", error: toFunctionError(thrown) }, thrown);
  const succeed = (result: unknown) => {
    const payload = toPayload(result);
    if (payload.kind === "failed") fail(payload.thrown);
    else end({ kind: "answered", payload: payload.text });
  };
  const context = createContext(start, message, succeed, fail);
  const callback = (error: unknown, result?: unknown) => {
    if (settled) return;
    if (error !== undefined && error !== null) fail(error);
    else if (context.callbackWaitsForEmptyEventLoop) loop.whenEmpty(() => succeed(result));
    else setImmediate(() => succeed(result));
  };
  try {
    const event: unknown = JSON.parse(message.payload);
    loop.whenEmpty(() => succeed(null));
    const returned = handler(event, context, callback);
    if (!isThenable(returned)) return;
    loop.whenEmpty(() => fail(neverSettled()));
    returned.then(succeed, fail);
  } catch (thrown) {
    fail(thrown);
  }
}

function createContext(
  start: ThreadStart,
  message: InvokeMessage,
  succeed: (result: unknown) => void,
  fail: (thrown: unknown) => void,
) {
  const deadlineMs = performance.now() + message.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: start.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMiB),
    awsRequestId: message.requestId,
    logGroupName: start.logGroupName,
    logStreamName: start.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - performance.now())),
    succeed,
    fail,
    done: (error: unknown, result?: unknown) => (error === undefined || error === null ? succeed(result) : fail(error)),
  };
}

type Payload = { readonly kind: "text"; readonly text: string } | { readonly kind: "failed"; readonly thrown: unknown };

function toPayload(result: unknown): Payload {
  try {
    return { kind: "text", text: JSON.stringify(result === undefined ? null : result) ?? "null" };
  } catch (thrown) {
    return {
      kind: "failed",
      thrown: new RuntimeError("Runtime.MarshalError", `Unable to stringify response body: ${thrown}`),
    };
  }
}

function neverSettled(): RuntimeError {
  const message =
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled.";
  return new RuntimeError("Runtime.NodeJsExit", message);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && typeof value === "object" && typeof Reflect.get(value, "then") === "function";
}
