import { z } from "zod";
import { type AnswerCode, answerCodeOf, INTERRUPTED } from "../load/answer-code.ts";
import { SecondCollector, type SecondColumns } from "../load/second-columns.ts";

interface Open {
  readonly intendedMs: number;
  readonly sentMs: number;
}

/**
 * What one Artillery process says of its requests (see `createLines` in processor.cjs), as the columns that our own threads hand
 * over. Lines: `r` ready; `s REQUEST SENT_MS BYTES`; `d REQUEST SENT_MS DONE_MS ANSWER`; `b ANSWER BODY_AS_JSON`.
 */
export class RequestLines {
  readonly #intendedMs: (request: number) => number;
  readonly #open = new Map<number, Open>();
  readonly #sent = new Set<number>();
  readonly #bySecond = new Map<number, SecondCollector>();
  #rest = "";
  #isReady = false;
  #lastSecond = 0;

  /** @param intendedMs When a request was due, milliseconds since the epoch. */
  constructor(intendedMs: (request: number) => number) {
    this.#intendedMs = intendedMs;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get sentRequests(): number {
    return this.#sent.size;
  }

  get openRequests(): number {
    return this.#open.size;
  }

  /** Takes what was appended to the file. A line that is not whole yet waits for its rest. */
  read(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  /** Everything since the last time, by second. */
  take(): SecondColumns[] {
    const taken = [...this.#bySecond].sort(([left], [right]) => left - right);
    this.#bySecond.clear();
    return taken.map(([second, collector]) => collector.take(second, this.#open.size));
  }

  /** The process is gone: what it had under way is unknown, what of `planned` it never sent is unsent. */
  end(planned: Iterable<number>, endedMs: number): void {
    for (const [request, { intendedMs, sentMs }] of this.#open)
      this.#at(endedMs).settled(request, INTERRUPTED, intendedMs, sentMs, endedMs);
    this.#open.clear();
    for (const request of planned) if (!this.#sent.has(request)) this.#at(endedMs).unsent(request);
  }

  #line(line: string): void {
    const [kind, first = "", ...rest] = line.split(" ");
    const request = Number(first);
    switch (kind) {
      case "r":
        this.#isReady = true;
        return;
      case "s":
        this.#send(request, Number(rest[0]), Number(rest[1]));
        return;
      case "d":
        this.#settle(request, Number(rest[1]), answerCodeOf(rest[2] ?? ""));
        return;
      case "b": {
        const body = bodySchema.safeParse(rest.join(" "));
        const collector = this.#bySecond.get(this.#lastSecond);
        if (body.success) collector?.sample(answerCodeOf(first), () => body.data);
        return;
      }
      default:
        throw new Error(`a line of Artillery's processor is none: ${line.slice(0, 80)}`);
    }
  }

  #send(request: number, sentMs: number, sizeBytes: number): void {
    if (this.#sent.has(request)) throw new Error(`Artillery sent request ${request} twice`);
    const intendedMs = this.#intendedMs(request);
    this.#sent.add(request);
    this.#open.set(request, { intendedMs, sentMs });
    this.#at(sentMs).sent(sentMs - intendedMs, sizeBytes);
  }

  #settle(request: number, doneMs: number, answer: AnswerCode): void {
    const open = this.#open.get(request);
    if (open === undefined) return;
    this.#open.delete(request);
    this.#at(doneMs).settled(request, answer, open.intendedMs, open.sentMs, doneMs);
  }

  #at(timeMs: number): SecondCollector {
    const second = Math.floor(timeMs / 1000);
    this.#lastSecond = second;
    const known = this.#bySecond.get(second);
    if (known !== undefined) return known;
    const made = new SecondCollector();
    this.#bySecond.set(second, made);
    return made;
  }
}

const bodySchema = z.string().transform((text, context) => {
  try {
    return z.string().parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: "custom", message: "no JSON text" });
    return z.NEVER;
  }
});
