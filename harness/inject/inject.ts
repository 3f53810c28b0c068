import type { S3Client } from "@aws-sdk/client-s3";
import { CannotRun } from "../model/errors.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ConnectTo } from "./connect-to.ts";
import type { PlannedRequest, SendTools } from "./send.ts";
import { send } from "./send.ts";
import type { Sender } from "./sender.ts";

export interface InjectTools extends SendTools {
  readonly connectTo: ConnectTo;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca?: string | undefined;
  /** Made only where an event enters through S3. */
  readonly s3: () => Promise<S3Client>;
}

/**
 * Sends the plan of one scenario through its entry and ends when every request has ended.
 *
 * @throws CannotRun where the plan asks for what the entry cannot do, before anything is sent or journalled.
 */
export async function inject(
  scenario: Scenario,
  requests: readonly PlannedRequest[],
  tools: InjectTools,
): Promise<void> {
  refuseImpossibleBatches(scenario, requests);
  const sender = await createSender(scenario, tools);
  try {
    await send({ scenario: scenario.name, requests, requestMs: scenario.deadlines.requestMs }, sender, tools);
  } finally {
    await sender.close();
  }
}

/** The sender for a scenario's entry. Only the transport that is needed is loaded. */
async function createSender(scenario: Scenario, tools: InjectTools): Promise<Sender> {
  const { entry, deadlines } = scenario;
  switch (entry.kind) {
    case "http": {
      const { createHttpSender } = await import("./http.ts");
      return createHttpSender(entry, { connectTo: tools.connectTo, connectMs: deadlines.requestMs, ca: tools.ca });
    }
    case "s3": {
      const { createS3Sender } = await import("./s3.ts");
      return createS3Sender(entry, await tools.s3());
    }
    default:
      return entry satisfies never;
  }
}

function refuseImpossibleBatches({ name, entry }: Scenario, requests: readonly PlannedRequest[]): void {
  const most = Math.max(0, ...requests.map(({ tags }) => tags.length));
  if (most <= 1 || (entry.kind === "http" && entry.batchBody !== null)) return;
  throw new CannotRun({
    code: "scenario.batch-not-possible",
    message: `the plan puts ${most} events into one request, and the entry takes one`,
    place: `load of scenario ${name}`,
    remedy:
      entry.kind === "s3"
        ? "An upload is one event: plan one event for each request."
        : 'Give the entry a batchBody with "{events}" in it, or plan one event for each request.',
  });
}
