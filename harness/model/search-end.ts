/** How a search for the highest rate ended. */
export interface SearchEnd {
  readonly kind: "done";
  /** Highest rate that held; null where not even the lowest did, or nothing could be judged. */
  readonly holdsEventsPerSecond: number | null;
  /** Lowest rate that broke; null where none did. */
  readonly breaksEventsPerSecond: number | null;
  /** `stack`: a rate broke. `ceiling`: the highest rate of the profile held. `sender`: more could not be sent. */
  readonly limitedBy: "stack" | "ceiling" | "sender" | "not-measured";
  /** Held for a while above the steady rate; null where no step showed it. */
  readonly burst: { readonly eventsPerSecond: number; readonly seconds: number } | null;
  /** One sentence: which steps say so, and how near the bounds are. */
  readonly confidence: string;
  /** One sentence: why the search ended. */
  readonly reason: string;
}
