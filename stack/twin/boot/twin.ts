/** A running twin: what the harness is told of it, and how it ends. */
export interface Twin {
  readonly accountId: string;
  readonly region: string;
  /** Environment variables that lead an unmodified AWS client to the twin. */
  readonly env: {
    readonly AWS_ENDPOINT_URL: string;
    readonly AWS_REGION: string;
    readonly AWS_ACCESS_KEY_ID: string;
    readonly AWS_SECRET_ACCESS_KEY: string;
  };
  /** Where each host name of the stack is reached: `HOST` or `SCHEME://HOST` → URL. */
  readonly connectTo: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** Ends every server and thread. */
  close(): Promise<void>;
}

/** One part of the twin that has to be ended, and what it adds to the map and the notes. */
export interface StartedPart {
  readonly connectTo?: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
  close(): Promise<void>;
}
