import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { gatherClues } from "./clues.ts";
import { CONFIG } from "./testing/clients.ts";
import { createTools, RUN, START_MS } from "./testing/tools.ts";

const DENIED = Object.assign(new Error("no"), { name: "AccessDeniedException", $metadata: { httpStatusCode: 403 } });

/** Clients whose every call ends as told, without a network. */
async function gather(answers: { readonly logs: unknown; readonly metrics: unknown }) {
  const inputs: unknown[] = [];
  const answer = (value: unknown) => async (command: { input: unknown }) => {
    inputs.push(command.input);
    if (value instanceof Error) throw value;
    return value;
  };
  const logs = Object.assign(new CloudWatchLogsClient(CONFIG), { send: answer(answers.logs) });
  const metrics = Object.assign(new CloudWatchClient(CONFIG), { send: answer(answers.metrics) });
  const { journal, tools } = createTools(() => ({ cloudwatch: async () => metrics, cloudwatchLogs: async () => logs }));
  await gatherClues({ ...RUN, runId: "r1", functionName: "processor", startMs: START_MS }, tools);
  return { inputs, seen: journal.facts.map((fact) => (fact.fact === "clue" ? fact.seen : fact)) };
}

const message = (text: string) => ({ message: `${text}\n` });

describe("clues", () => {
  it("are a function's last error lines and its metrics", async () => {
    const { seen, inputs } = await gather({
      logs: { events: [message("ERROR one"), message("ERROR two"), message("ERROR two")] },
      metrics: {
        MetricDataResults: [
          { Label: "Errors", Values: [1, 2] },
          { Label: "IteratorAge", Values: [10, 30] },
          { Label: "Throttles", Values: [] },
        ],
      },
    });
    expect(seen).toEqual(
      expect.arrayContaining([
        { kind: "error-line", logGroup: "/aws/lambda/processor", text: "ERROR one" },
        { kind: "error-line", logGroup: "/aws/lambda/processor", text: "ERROR two" },
        { kind: "metric", namespace: "AWS/Lambda", metric: "Errors", value: 3 },
        { kind: "metric", namespace: "AWS/Lambda", metric: "IteratorAge", value: 30 },
      ]),
    );
    expect(seen).toHaveLength(4);
    expect(JSON.stringify(inputs)).toContain('"FunctionName","Value":"processor"');
  });

  it("leave other clients' errors out where some are about this run's events", async () => {
    const { seen } = await gather({
      logs: {
        events: [message("ERROR sp-r1-alb-3 failed"), message("ERROR somebody else's"), message("ERROR sp-r2-alb-3")],
      },
      metrics: {},
    });
    expect(seen).toMatchObject([{ text: "ERROR sp-r1-alb-3 failed" }]);
  });

  it("keep the last of many lines, each cut to a bound", async () => {
    const { seen } = await gather({
      logs: { events: Array.from({ length: 20 }, (_, index) => message(`ERROR ${index} ${"x".repeat(5_000)}`)) },
      metrics: {},
    });
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)).toMatchObject({ text: expect.stringMatching(/^ERROR 19 x{500,600}$/) });
  });

  it("that may not be read are left out, the others are not", async () => {
    const { seen } = await gather({ logs: DENIED, metrics: { MetricDataResults: [{ Label: "Errors", Values: [1] }] } });
    expect(seen).toEqual([{ kind: "metric", namespace: "AWS/Lambda", metric: "Errors", value: 1 }]);
  });
});
