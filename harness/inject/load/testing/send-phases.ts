import type { LoadPhase } from "../../../model/load.ts";
import { type AnswerCode, answerName } from "../answer-code.ts";
import { createOpenSocket, type Peer } from "../open-socket.ts";
import type { AnswerSample, SecondColumns } from "../second-columns.ts";
import { SendingThread } from "../sending-thread.ts";
import type { FromThread, ThreadTask } from "../thread-messages.ts";

/** What became of the requests of a test, over all seconds. */
export interface Sent {
  /** Name of the answer by index of the request, of all that ended. */
  readonly answers: ReadonlyMap<number, string>;
  readonly unsent: readonly number[];
  readonly unsentRanges: readonly (readonly [number, number])[];
  readonly samples: readonly AnswerSample[];
  readonly columns: readonly SecondColumns[];
  readonly sends: number;
}

/** A sending thread inside this one, with real sockets, and what it has posted. */
export function startThread(task: Partial<ThreadTask> & Pick<ThreadTask, "shape">, peer: Peer) {
  const columns: SecondColumns[] = [];
  const messages: FromThread[] = [];
  const waiting: (() => void)[] = [];
  const thread = new SendingThread(
    { worker: 0, workers: 1, maxConnections: 50, requestMs: 10_000, ...task },
    {
      nowMs,
      open: createOpenSocket(peer),
      post: (message) => {
        messages.push(message);
        if (message.kind === "second" && message.columns !== null) columns.push(message.columns);
        for (const wake of waiting.splice(0)) wake();
      },
    },
  );
  const until = async (isThere: (message: FromThread) => boolean): Promise<void> => {
    while (!messages.some(isThere)) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return {
    thread,
    drained: (phases: number) => until((message) => message.kind === "drained" && message.phases >= phases),
    async end(drainMs: number, cut?: number): Promise<void> {
      thread.take({ kind: "halt", drainMs });
      const halted = messages.find((message) => message.kind === "halted");
      const next = halted?.kind === "halted" ? halted.nextRequest : 0;
      thread.take({ kind: "abandon", cut: cut ?? next, countsRest: true });
      await until((message) => message.kind === "ended");
    },
    sent: (): Sent => sum(columns),
  };
}

/** A phase at an even rate that starts now. */
export function phaseFromNow(requestsPerSecond: number, requestCount: number, firstRequest = 0): LoadPhase {
  return {
    phase: 0,
    purpose: "profile",
    startMs: nowMs(),
    durationMs: (requestCount / requestsPerSecond) * 1000,
    fromEventsPerSecond: requestsPerSecond,
    toEventsPerSecond: requestsPerSecond,
    firstRequest,
    requestCount,
  };
}

export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function sum(columns: readonly SecondColumns[]): Sent {
  const answers = new Map<number, string>();
  for (const { request, answer } of columns) {
    for (const [row, index] of request.entries()) {
      if (answers.has(index)) throw new Error(`request ${index} ended twice`);
      const code: AnswerCode = answer[row] ?? 0;
      answers.set(index, answerName(code));
    }
  }
  return {
    answers,
    unsent: columns.flatMap(({ unsent }) => [...unsent]),
    unsentRanges: columns.flatMap(({ unsentRanges }) => unsentRanges),
    samples: columns.flatMap(({ samples }) => samples),
    columns,
    sends: columns.reduce((total, { sendDelayMs }) => total + sendDelayMs.length, 0),
  };
}
