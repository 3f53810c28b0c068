import type { LambdaContext } from "../lambda-context.ts";

/**
 * An invocation for tests: a context whose time runs only while something sleeps, and a log that keeps its lines.
 *
 * @param timeoutMs the function's time-out
 */
export function fakeInvocation(timeoutMs = 10_000) {
  let elapsedMs = 0;
  const sleptMs: number[] = [];
  const lines: string[] = [];
  const context: LambdaContext = { awsRequestId: "request-1", getRemainingTimeInMillis: () => timeoutMs - elapsedMs };
  return {
    context,
    sleptMs,
    log: (): unknown[] => lines.map((line) => JSON.parse(line)),
    ports: {
      sleep: async (ms: number) => {
        sleptMs.push(ms);
        elapsedMs += ms;
      },
      random: () => 0.5,
      nowMs: () => 1_795_312_740_000 + elapsedMs,
      writeLine: (line: string) => {
        lines.push(line);
      },
    },
  };
}

/** An error as the AWS SDK throws it: the service's error code is its name. */
export function sdkError(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: code });
}
