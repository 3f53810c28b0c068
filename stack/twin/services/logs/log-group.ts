/** What one log group may keep in memory; beyond it the oldest events are dropped. */
const MAXIMUM_GROUP_BYTES = 48 * 1024 * 1024;

/** What an event takes beside its message, and what CloudWatch Logs itself counts for it is less (26 bytes). */
const EVENT_OVERHEAD_BYTES = 200;

/** Dropped slots are given back in batches. */
const COMPACT_AFTER = 4096;

export interface LogEvent {
  readonly sequence: number;
  readonly timestampMs: number;
  readonly message: string;
  readonly streamName: string;
  readonly ingestedAtMs: number;
  readonly visibleAtMs: number;
}

/** One log stream's own facts; its events are kept by the group. */
export interface LogStream {
  readonly name: string;
  readonly createdAtMs: number;
  firstEventMs: number | undefined;
  lastEventMs: number | undefined;
  lastIngestedAtMs: number | undefined;
}

interface LogGroupSettings {
  readonly name: string;
  /** Without the `:*` that some answers append. */
  readonly arn: string;
  readonly kmsKeyId: string | undefined;
  /** 0 is for ever. */
  readonly retentionInDays: number;
  readonly logGroupClass: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
}

/** A place between events: those after it have a later time, or the same time and a later sequence. */
export interface LogPosition {
  readonly timestampMs: number;
  readonly sequence: number;
}

/** One log group: its streams, and its events in the order of their time, then of their arrival. */
export class LogGroup {
  readonly settings: LogGroupSettings;
  readonly streams = new Map<string, LogStream>();
  #events: (LogEvent | undefined)[] = [];
  #head = 0;
  #sizeBytes = 0;
  /** Events dropped because the group was full. */
  droppedForMemory = 0;

  constructor(settings: LogGroupSettings) {
    this.settings = settings;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Makes the stream unless it is there. */
  streamNamed(name: string, nowMs: number): LogStream {
    const existing = this.streams.get(name);
    if (existing !== undefined) return existing;
    const made: LogStream = {
      name,
      createdAtMs: nowMs,
      firstEventMs: undefined,
      lastEventMs: undefined,
      lastIngestedAtMs: undefined,
    };
    this.streams.set(name, made);
    return made;
  }

  /** Takes one event in, at its place in time; most come at the end. */
  append(event: LogEvent): void {
    const stream = this.streamNamed(event.streamName, event.ingestedAtMs);
    stream.firstEventMs = Math.min(stream.firstEventMs ?? event.timestampMs, event.timestampMs);
    stream.lastEventMs = Math.max(stream.lastEventMs ?? event.timestampMs, event.timestampMs);
    stream.lastIngestedAtMs = event.ingestedAtMs;
    let place = this.#events.length;
    while (place > this.#head && (this.#events[place - 1]?.timestampMs ?? 0) > event.timestampMs) place -= 1;
    if (place === this.#events.length) this.#events.push(event);
    else this.#events.splice(place, 0, event);
    this.#sizeBytes += sizeOf(event);
    this.#trim();
  }

  /** Events after a position, oldest first. */
  *after(position: LogPosition): Generator<LogEvent> {
    for (let index = this.#indexAfter(position); index < this.#events.length; index += 1) {
      const event = this.#events[index];
      if (event !== undefined) yield event;
    }
  }

  /** Events at or before a position, newest first. */
  *upTo(position: LogPosition): Generator<LogEvent> {
    for (let index = this.#indexAfter(position) - 1; index >= this.#head; index -= 1) {
      const event = this.#events[index];
      if (event !== undefined) yield event;
    }
  }

  #indexAfter({ timestampMs, sequence }: LogPosition): number {
    let low = this.#head;
    let high = this.#events.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const event = this.#events[middle];
      const isAfter =
        event !== undefined &&
        (event.timestampMs > timestampMs || (event.timestampMs === timestampMs && event.sequence > sequence));
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #trim(): void {
    while (this.#sizeBytes > MAXIMUM_GROUP_BYTES && this.#head < this.#events.length) {
      const oldest = this.#events[this.#head];
      this.#events[this.#head] = undefined;
      this.#head += 1;
      if (oldest === undefined) continue;
      this.#sizeBytes -= sizeOf(oldest);
      this.droppedForMemory += 1;
    }
    if (this.#head < COMPACT_AFTER || this.#head < this.#events.length / 2) return;
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

function sizeOf(event: LogEvent): number {
  return event.message.length + EVENT_OVERHEAD_BYTES;
}
