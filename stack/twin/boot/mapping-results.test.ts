import { GetEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { type AskedTwin, askTwin } from "../testing/asked-twin.ts";
import type { Change } from "../testing/changed-snapshot.ts";

/** What Lambda says of the stream's mapping, before and after an event went into a twin of the changed snapshot. */
async function resultsOf(expected: string, change?: Change): Promise<string | undefined> {
  const twin = await askTwin(change);
  const lambda = new LambdaClient(twin.config);
  try {
    const before = await resultOf(twin, lambda);
    expect((await twin.postEvents(["sp-mapping-alb-1"])).status).toBe(202);
    await expect.poll(() => resultOf(twin, lambda), { timeout: 20_000, interval: 50 }).toBe(expected);
    return before;
  } finally {
    lambda.destroy();
    await twin.end();
  }
}

async function resultOf({ state }: AskedTwin, lambda: LambdaClient): Promise<string | undefined> {
  const [mapping] = state.eventSourceMappings;
  const read = await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping?.uuid ?? "" }));
  return read.LastProcessingResult;
}

describe("the last processing result of an event source mapping", () => {
  it("is that no records were processed, and OK once its function has taken a batch", async () => {
    expect(await resultsOf("OK")).toBe("No records processed");
  });

  it("is a problem where the function fails", async () => {
    const handler = "no-such-module.handler";
    const broken: Change = ({ all, setAt }) => {
      for (const { address, values } of all("aws_lambda_function"))
        if (String(values["function_name"]).endsWith("-processor")) setAt(address, { handler });
    };
    expect(await resultsOf("PROBLEM: Function call failed", broken)).toBe("No records processed");
  });
});
