/**
 * Makes a call with a signal that aborts after `timeoutMs`. The timer ends with the call: one of `AbortSignal.timeout` would
 * live on for the rest of its time, and an environment that is invoked again and again would gather thousands of them.
 */
export async function withTimeout<T>(timeoutMs: number, call: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
