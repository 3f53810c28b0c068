/** What the twin and the thread of an execution environment say to each other. */

/** Given to the thread when it starts. */
export interface ThreadStart {
  /** The unpacked function; Lambda's `/var/task`. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMiB: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface InvokeMessage {
  readonly requestId: string;
  /** The event as JSON text. */
  readonly payload: string;
  /** Time the invocation has left, in milliseconds. */
  readonly timeoutMs: number;
}

/** An error as Lambda's Invoke API returns it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type ThreadMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "init-failed"; readonly error: FunctionError }
  | { readonly kind: "log"; readonly message: string }
  | {
      readonly kind: "done";
      readonly requestId: string;
      readonly outcome: ThreadOutcome;
      /** Time in the handler, measured in the thread. */
      readonly durationMs: number;
      /** Memory of the thread's own heap. */
      readonly memoryUsedMiB: number;
      /** The thread ends with this invocation, as Lambda's runtime does after an error that nobody caught. */
      readonly threadEnds: boolean;
    };

export type ThreadOutcome =
  | { readonly kind: "answered"; readonly payload: string }
  | { readonly kind: "failed"; readonly error: FunctionError };
