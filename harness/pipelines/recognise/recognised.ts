/** A pipeline as far as a state shows it; `questions` are what it does not show. */
export interface RecognisedPipeline {
  readonly name: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly hops: readonly Readonly<Record<string, unknown>>[];
  readonly roles: Readonly<Record<string, string>>;
  readonly questions: readonly string[];
}

/** What an entry's function leads to. */
export interface RecognisedWay {
  readonly hops: readonly Readonly<Record<string, unknown>>[];
  readonly roles: Readonly<Record<string, string>>;
  /** Name of the sink's hash key, which the event's body and the item's key use. */
  readonly hashKey: string;
  readonly questions: readonly string[];
}
