import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Hop } from "../model/hop.ts";
import type { RunTools } from "../model/ports.ts";
import type { AwaitedEvents } from "./awaited.ts";
import type { Limiter } from "./limiter.ts";

/** What one observer has to do: watch one hop for the events of one scenario. */
export interface ObserveTask<H extends Hop = Hop> {
  readonly runId: string;
  readonly scenario: { readonly name: string; readonly producer: string };
  readonly hop: H;
  readonly awaited: AwaitedEvents;
  /** When the run began; nothing of it can be older. */
  readonly startMs: number;
  /** The last regular look begins no later; one more look follows it, so that absence is judged from a read after the deadline. */
  readonly deadlineMs: number;
  /** After everything awaited was seen: how long until the one more look that shows duplicates. 0 means no such look. */
  readonly settleMs: number;
}

/** Clients that do not retry by themselves (`maxAttempts: 1`): the one retry policy is poll-until. Each is made when first asked for. */
export interface ObserverClients {
  kinesis(): Promise<KinesisClient>;
  dynamodb(): Promise<DynamoDBClient>;
  cloudwatch(): Promise<CloudWatchClient>;
  cloudwatchLogs(): Promise<CloudWatchLogsClient>;
  s3(): Promise<S3Client>;
}

export interface ObserveTools extends RunTools {
  readonly clients: ObserverClients;
  /** Shared by all observers of one account and region: FilterLogEvents is limited for the account, not for the log group. */
  readonly logCalls: Limiter;
}

/** Appends what it sees as facts and ends when its wait ends. A failing service is a fact; it throws only where it has a bug. */
export type Observer<H extends Hop> = (task: ObserveTask<H>, tools: ObserveTools) => Promise<void>;
