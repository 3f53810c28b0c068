import type { LoadPhase } from "../../model/load.ts";
import { type AnswerCode, INTERRUPTED, outcomeKindOf, TIMEOUT } from "./answer-code.ts";
import type { Connection, OpenSocket } from "./connection.ts";
import { ConnectionPool } from "./connection-pool.ts";
import { DueRequests } from "./due-requests.ts";
import { InFlight } from "./in-flight.ts";
import { createRequestText } from "./request-text.ts";
import { SecondCollector } from "./second-columns.ts";
import type { FromThread, ThreadTask, ToThread } from "./thread-messages.ts";

export interface ThreadPorts {
  /** Milliseconds since the epoch, with fractions, never going back. */
  readonly nowMs: () => number;
  readonly open: OpenSocket;
  readonly post: (message: FromThread) => void;
}

/** Sending pauses after so long to read answers, however much is due. */
const BURST_MS = 2;
/** Longest sleep: answers' time limits and the turn of the second are looked at in between. */
const LONGEST_SLEEP_MS = 20;

/**
 * Sends one thread's share of a load, open loop: each request at its intended time, whatever became of those before. A thread
 * that was held up catches up at once and counts the delay; a request that finds every connection taken, or that is later than
 * its whole time limit, is counted as unsent. Every planned request ends up in exactly one place of the columns that it posts.
 */
export class SendingThread {
  readonly #task: ThreadTask;
  readonly #ports: ThreadPorts;
  readonly #due: DueRequests;
  readonly #text: (request: number) => string;
  readonly #pool: ConnectionPool;
  readonly #inFlight = new InFlight();
  readonly #collector = new SecondCollector();
  #second: number;
  #phases = 0;
  #drainedPhases = 0;
  #state: "sending" | "halted" | "draining" | "ended" = "sending";
  #drainUntilMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined = undefined;
  #immediate: NodeJS.Immediate | undefined = undefined;

  constructor(task: ThreadTask, ports: ThreadPorts) {
    this.#task = task;
    this.#ports = ports;
    this.#due = new DueRequests(task.worker, task.workers, task.shape.eventsPerRequest);
    this.#text = createRequestText(task.shape);
    this.#pool = new ConnectionPool(task.maxConnections, ports.open, task.shape.method === "HEAD", {
      settled: (connection, code) => this.#settle(connection, code),
    });
    this.#second = Math.floor(ports.nowMs() / 1000);
    ports.post({ kind: "ready" });
    this.#sleep(LONGEST_SLEEP_MS);
  }

  take(message: ToThread): void {
    switch (message.kind) {
      case "phase":
        this.#addPhase(message.phase);
        return;
      case "halt":
        this.#halt(message.drainMs);
        return;
      case "abandon":
        this.#abandon(message.cut, message.countsRest);
        return;
      default:
        message satisfies never;
    }
  }

  #addPhase(phase: LoadPhase): void {
    this.#due.add(phase);
    this.#phases += 1;
    this.#tick();
  }

  #halt(drainMs: number): void {
    if (this.#state !== "sending") return;
    this.#state = "halted";
    this.#drainUntilMs = this.#ports.nowMs() + drainMs;
    const nextRequest = this.#due.dueMs === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : this.#due.request;
    this.#ports.post({ kind: "halted", nextRequest });
  }

  #abandon(cut: number, countsRest: boolean): void {
    this.#due.abandon(
      cut,
      (request) => this.#collector.unsent(request),
      (from, until) => countsRest && this.#collector.unsentRange(from, until),
    );
    this.#state = "draining";
    this.#tick();
  }

  /** Everything that time brings: the turn of the second, time limits, what is due, the end. */
  #tick(): void {
    if (this.#state === "ended") return;
    const nowMs = this.#ports.nowMs();
    this.#turnSecond(nowMs);
    this.#expire(nowMs);
    this.#pool.closeIdle(nowMs);
    if (this.#state === "sending") this.#sendDue(nowMs);
    if (this.#due.dueMs === Number.POSITIVE_INFINITY && this.#inFlight.count === 0) this.#rest();
    if (this.#state === "draining" && this.#inFlight.count === 0) this.#end();
    else this.#sleepUntilDue();
  }

  #sendDue(startMs: number): void {
    let nowMs = startMs;
    while (this.#due.dueMs <= nowMs && nowMs - startMs <= BURST_MS) {
      this.#send(this.#due.request, this.#due.dueMs, nowMs);
      this.#due.advance();
      nowMs = this.#ports.nowMs();
    }
  }

  #send(request: number, intendedMs: number, nowMs: number): void {
    const isTooLate = nowMs - intendedMs > this.#task.requestMs;
    const connection = isTooLate ? undefined : this.#pool.take(nowMs);
    if (connection === undefined) {
      this.#collector.unsent(request);
      return;
    }
    connection.intendedMs = intendedMs;
    connection.sentMs = nowMs;
    this.#inFlight.add(connection);
    const text = this.#text(request);
    this.#collector.sent(nowMs - intendedMs, text.length);
    connection.send(request, text);
  }

  #settle(connection: Connection, code: AnswerCode, why?: string): void {
    const nowMs = this.#ports.nowMs();
    const { request, intendedMs, sentMs } = connection;
    connection.request = -1;
    connection.idleSinceMs = nowMs;
    this.#inFlight.remove(connection);
    this.#turnSecond(nowMs);
    this.#collector.settled(request, code, intendedMs, sentMs, nowMs);
    if (outcomeKindOf(code) !== "acked") this.#collector.sample(code, () => why ?? connection.evidence());
    if (this.#state === "sending" && this.#due.dueMs <= nowMs) this.#sendDue(nowMs);
  }

  /** Ends what had no answer in time, and, when the run was stopped, what has none by the end of the drain. */
  #expire(nowMs: number): void {
    const { requestMs } = this.#task;
    for (let first = this.#inFlight.first; first !== undefined; first = this.#inFlight.first) {
      if (nowMs - first.sentMs >= requestMs) this.#settle(first, TIMEOUT, `no answer within ${requestMs} ms`);
      else if (nowMs >= this.#drainUntilMs) {
        this.#settle(first, INTERRUPTED, "the run was stopped before the answer came");
      } else return;
      first.destroy();
    }
  }

  #turnSecond(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second <= this.#second) return;
    this.#postSecond();
    this.#second = second;
  }

  #postSecond(): void {
    const hasNews = !this.#collector.isEmpty || this.#inFlight.count > 0;
    const columns = hasNews ? this.#collector.take(this.#second, this.#inFlight.count) : null;
    this.#ports.post({ kind: "second", columns });
  }

  /** Nothing is planned and nothing under way: what was collected is posted without waiting for the end of the second. */
  #rest(): void {
    if (!this.#collector.isEmpty) this.#postSecond();
    if (this.#drainedPhases === this.#phases) return;
    this.#drainedPhases = this.#phases;
    this.#ports.post({ kind: "drained", phases: this.#phases });
  }

  #end(): void {
    if (!this.#collector.isEmpty) this.#postSecond();
    this.#state = "ended";
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#pool.close();
    this.#ports.post({ kind: "ended" });
  }

  #sleepUntilDue(): void {
    const waitMs = this.#state === "sending" ? this.#due.dueMs - this.#ports.nowMs() : LONGEST_SLEEP_MS;
    if (waitMs > 0) {
      this.#sleep(Math.min(waitMs, LONGEST_SLEEP_MS));
      return;
    }
    clearImmediate(this.#immediate);
    this.#immediate = setImmediate(() => this.#tick());
  }

  #sleep(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, Math.floor(waitMs)));
  }
}
