/** Why one entry or one call failed: the service's own error code, and its message. */
export interface Failure {
  readonly errorCode: string;
  readonly errorMessage: string;
}

const CALL_TIMED_OUT: Failure = {
  errorCode: "CallTimedOut",
  errorMessage: "the service gave no answer within the time that the invocation had left",
};

/**
 * The failure that a thrown value stands for. The AWS SDK puts the service's error code in an error's `name`; `AbortError` is
 * what it throws when the call's abort signal, which is its time-out, fires.
 */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { errorCode: "UnknownError", errorMessage: String(thrown) };
  if (thrown.name === "AbortError" || thrown.name === "TimeoutError") return CALL_TIMED_OUT;
  return { errorCode: thrown.name, errorMessage: thrown.message };
}
