/** What the handlers use of the context that Lambda passes beside the event. */
export interface LambdaContext {
  readonly awsRequestId: string;
  /** Milliseconds until Lambda ends the invocation with a time-out. */
  getRemainingTimeInMillis(): number;
}

/** Kept back from the invocation's time, so that the answer and its log line get out before the time-out. */
const ANSWER_MARGIN_MS = 500;

/** Milliseconds that calls to other services may still take in this invocation; zero or less when there is no time left. */
export function timeLeftMs(context: LambdaContext): number {
  return context.getRemainingTimeInMillis() - ANSWER_MARGIN_MS;
}
