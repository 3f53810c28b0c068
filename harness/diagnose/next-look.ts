import type { EventTag } from "../model/event.ts";
import type { Hop } from "../model/hop.ts";
import type { Answer, Timeline } from "../model/timeline.ts";

/** What the entry answered to the first of some events that has an answer. */
export function answerTo(timeline: Timeline, tags: readonly EventTag[]): Answer | undefined {
  const wanted = new Set(tags);
  return timeline.events.find((event) => wanted.has(event.tag) && event.answer !== undefined)?.answer;
}

/** Where a person would look next when events did not come to a hop, in one sentence. */
export function nextLookAt(hop: Hop): string {
  switch (hop.kind) {
    case "entry":
      return "Look at what is behind the entry: its health, its function's permission to be invoked, and the function's last error lines and time-outs.";
    case "object":
      return `Look at bucket ${hop.bucket}: its policy, its key's policy, and its access log.`;
    case "log":
      return `Look whether the function that writes ${hop.logGroup} is invoked at all (its Invocations and Errors metrics), what invokes it (trigger, event source mapping, permission), and for error lines in ${hop.logGroup}.`;
    case "stream":
      return `Look at what writes to stream ${hop.stream}: the producer's last error lines, the stream name in its environment, and its permission for kinesis:PutRecords and for the stream's key.`;
    case "metric":
      return `Look at ${hop.namespace} ${hop.metric} in the CloudWatch console over the minutes of the run.`;
    case "item":
      return `Look at what writes to table ${hop.table}: the writer's last error lines, the table name in its environment, its permissions on the table and its key, and the table's throttles.`;
    default:
      return hop satisfies never;
  }
}

/** The logs of the scenario, where the last error lines stand. */
export function logGroupsOf(timeline: Timeline): string[] {
  return timeline.scenario.hops.flatMap((hop) => (hop.kind === "log" ? [hop.logGroup] : []));
}
