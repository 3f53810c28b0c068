import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { only } from "./services/testing/control-plane-server.ts";
import { snapshotState } from "./testing/states.ts";
import { functionsFolder, snapshotArgs, startReadyTwin } from "./testing/twin-process.ts";

const state = snapshotState();

/** Settings that are of the functions which really run; the harness' readers ask this twin everything else (checks/read/conformance). */
describe("a twin of the snapshot", () => {
  let twin: Awaited<ReturnType<typeof startReadyTwin>>;

  beforeAll(async () => {
    twin = await startReadyTwin(snapshotArgs);
  });
  afterAll(() => twin.end());

  it("describes the code that it runs: the hash and size of each zip in its folder", async () => {
    const lambda = new LambdaClient(twin.config);
    for (const { function_name: FunctionName, filename = "" } of state.functions) {
      const zip = await readFile(join(functionsFolder, basename(filename)));
      const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect(read.CodeSha256).toBe(createHash("sha256").update(zip).digest("base64"));
      expect(read.CodeSize).toBe(zip.length);
    }
    lambda.destroy();
  });

  it("finds the ingest function healthy by asking it", async () => {
    const elb = new ElasticLoadBalancingV2Client(twin.config);
    const TargetGroupArn = only(state.targetGroups).arn;
    const read = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    expect(read.TargetHealthDescriptions).toMatchObject([
      { Target: { Id: only(state.targetGroupAttachments).target_id }, TargetHealth: { State: "healthy" } },
    ]);
    elb.destroy();
  });
});
