import type { EventTag } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Clock, Journal } from "../model/ports.ts";
import { outcomeOfFailure, outcomeOfInterruption, outcomeOfTimeout } from "./outcome.ts";
import type { Sender } from "./sender.ts";

/** One request of the plan: when it is due, and which events it carries. */
export interface PlannedRequest {
  readonly atMs: number;
  readonly tags: readonly EventTag[];
}

export interface SendTask {
  readonly scenario: string;
  /** In the order of their times. */
  readonly requests: readonly PlannedRequest[];
  /** Limit for one request, from sending it to the end of its answer. */
  readonly requestMs: number;
}

export interface SendTools {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Stops sending at once; requests under way end as unknown, `interrupted`. */
  readonly signal: AbortSignal;
}

/**
 * Sends a plan open loop: each request goes out at its own time, whatever became of those before it. Every event is journalled
 * as intended before the first is sent, so that an interrupted run still knows what it meant to do; then as sent and, exactly
 * once for each that was sent, as answered. Resolves when every request has ended.
 */
export async function send(task: SendTask, sender: Sender, tools: SendTools): Promise<void> {
  journalIntended(task, sender, tools);
  const underWay: Promise<void>[] = [];
  for (const request of task.requests) {
    const waitMs = request.atMs - tools.clock.nowMs();
    if (waitMs > 0) await tools.clock.wait(waitMs, tools.signal);
    if (tools.signal.aborted) break;
    underWay.push(sendOne(request, task, sender, tools));
  }
  await Promise.all(underWay);
}

function journalIntended(task: SendTask, sender: Sender, { journal, clock }: SendTools): void {
  const atMs = clock.nowMs();
  for (const request of task.requests) {
    for (const tag of request.tags) {
      const sizeBytes = sender.sizeBytes(tag);
      journal.append({ fact: "intended", atMs, scenario: task.scenario, tag, intendedAtMs: request.atMs, sizeBytes });
    }
  }
}

async function sendOne(request: PlannedRequest, task: SendTask, sender: Sender, tools: SendTools): Promise<void> {
  const { scenario } = task;
  const sentAtMs = tools.clock.nowMs();
  for (const tag of request.tags) {
    tools.journal.append({ fact: "sent", atMs: sentAtMs, scenario, tag, sentAtMs });
  }
  const outcome = await settle(request.tags, task.requestMs, sender, tools);
  const doneAtMs = tools.clock.nowMs();
  for (const tag of request.tags) {
    tools.journal.append({ fact: "answered", atMs: doneAtMs, scenario, tag, doneAtMs, outcome });
  }
}

/** The first of: the answer, the time limit, the end of the run. The loser is told to let go. */
async function settle(
  tags: readonly EventTag[],
  requestMs: number,
  sender: Sender,
  { clock, signal }: SendTools,
): Promise<Outcome> {
  const done = new AbortController();
  const unwanted = AbortSignal.any([signal, done.signal]);
  const answer = sender.send(tags, unwanted).catch((error: unknown) => outcomeOfFailure(error));
  const limit = clock
    .wait(requestMs, unwanted)
    .then(() => (signal.aborted ? outcomeOfInterruption() : outcomeOfTimeout(requestMs)));
  const outcome = await Promise.race([answer, limit]);
  done.abort();
  // An aborted request reports a broken connection; what broke it is the interruption.
  const broken = outcome.kind === "unknown" && outcome.reason === "connection";
  return broken && signal.aborted ? outcomeOfInterruption() : outcome;
}
