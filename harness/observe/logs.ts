import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { findTags, tagPrefix } from "../model/event.ts";
import type { LogHop } from "../model/hop.ts";
import { call } from "./call.ts";
import { type Notebook, openNotebook } from "./notebook.ts";
import type { Observer } from "./observer.ts";
import { watch } from "./watch.ts";

const OPERATION = "logs:FilterLogEvents";
/** How far before the run's start the search begins: a function's clock and ours may differ. */
const CLOCK_SKEW_MS = 15_000;

/**
 * Searches one log group for the tags of one producer, from a little before the run's start each time: log events arrive late and
 * in no order, so a search never moves on. One log event may name many events, and several may name the same one (a request's line
 * and an error's): each is a separate occurrence, known by its event id, with the log event's own timestamp.
 *
 * A completed search covers the group up to the moment when it began, as far as CloudWatch had taken the log events in by then.
 */
export const observeLogs: Observer<LogHop> = async (task, tools) => {
  const { hop } = task;
  const client = await tools.clients.cloudwatchLogs();
  const notebook = openNotebook(task, tools);
  const search = createSearch(
    {
      logGroupName: hop.logGroup,
      startTime: task.startMs - CLOCK_SKEW_MS,
      filterPattern: filterPattern(task.runId, task.scenario.producer),
    },
    client,
  );
  await watch(task, tools, {
    operation: OPERATION,
    backoff: { firstMs: 250, factor: 1.3, longestMs: 5_000 },
    canSeeDuplicates: true,
    isComplete: () => notebook.isComplete(),
    async look(signal) {
      const begunMs = search.begin(tools.clock.nowMs());
      do {
        await tools.logCalls.take(signal);
        for (const event of await search.nextPage(signal)) {
          noteLogEvent(event, task.runId, task.scenario.producer, notebook, tools.clock.nowMs());
        }
      } while (!search.isComplete());
      notebook.covered(begunMs, `searched all of log group ${hop.logGroup}`);
    },
  });
};

/**
 * Finds a text anywhere in a log event. A regular expression between percent signs is the form that AWS documents for partial
 * matches ("find log entries containing specific patterns anywhere in the text"; %AUTHORIZED% finds UNAUTHORIZED too); quoted
 * terms are described as words and exact phrases. Letters, digits and `-` need no escape in it.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
function filterPattern(runId: string, producer: string): string {
  return `%${tagPrefix(runId)}${producer}-%`;
}

/** A paginated search that goes on at the page where it failed, or a throttled account would never let a long one end. */
interface Search {
  /** Begins a search, or goes on with the one that failed; returns when it began. */
  begin(nowMs: number): number;
  nextPage(signal: AbortSignal): Promise<readonly FilteredLogEvent[]>;
  isComplete(): boolean;
}

interface SearchInput {
  readonly logGroupName: string;
  readonly startTime: number;
  readonly filterPattern: string;
}

function createSearch(input: SearchInput, client: CloudWatchLogsClient): Search {
  let begunMs: number | undefined;
  let nextToken: string | undefined;
  return {
    begin(nowMs) {
      begunMs ??= nowMs;
      return begunMs;
    },
    async nextPage(signal) {
      const page = nextToken === undefined ? input : { ...input, nextToken };
      const output = await call(OPERATION, signal, () =>
        client.send(new FilterLogEventsCommand(page), { abortSignal: signal }),
      );
      nextToken = output.nextToken;
      // A page may be empty and yet have others after it: only a missing token ends the search.
      if (nextToken === undefined) begunMs = undefined;
      return output.events ?? [];
    },
    isComplete: () => begunMs === undefined,
  };
}

function noteLogEvent(
  event: FilteredLogEvent,
  runId: string,
  producer: string,
  notebook: Notebook,
  nowMs: number,
): void {
  const stream = event.logStreamName ?? "unknown log stream";
  for (const tag of findTags(event.message ?? "", runId, producer)) {
    notebook.sighted({
      tag,
      occurrence: event.eventId ?? `${stream} ${event.timestamp}`,
      seenAtMs: event.timestamp ?? nowMs,
      place: `log stream ${stream}`,
    });
  }
}
