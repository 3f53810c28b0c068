import type { LambdaContext } from "./lambda-context.ts";
import { type LogEntry, logLines } from "./log-line.ts";

/** Writes a log entry of one invocation. */
export type Log = (entry: LogEntry) => void;

/**
 * The log of one invocation: JSON lines that carry the invocation's request id.
 *
 * @param write takes one line without its line end
 */
export function invocationLog(context: LambdaContext, write: (line: string) => void): Log {
  return ({ level, message, ...fields }) => {
    for (const line of logLines({ level, message, requestId: context.awsRequestId, ...fields })) write(line);
  };
}

/**
 * Writes the line to standard output as it is. `console.log` would put a time, a request id and a level in front of it, and
 * JSON filter patterns of CloudWatch Logs match only events that are JSON as a whole.
 */
export function writeStandardOutput(line: string): void {
  process.stdout.write(`${line}\n`);
}
