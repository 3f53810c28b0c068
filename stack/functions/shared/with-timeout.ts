/**
 * Makes a call with a signal that aborts after `timeoutMs`, and then does not wait for the call to notice. The timer ends with the
 * call: one of `AbortSignal.timeout` would live on for the rest of its time, and an environment that is invoked again and again would
 * gather thousands of them.
 */
export async function withTimeout<T>(timeoutMs: number, call: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const timedOut = new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError");
      controller.abort(timedOut);
      reject(timedOut);
    }, timeoutMs);
  });
  try {
    return await Promise.race([call(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
