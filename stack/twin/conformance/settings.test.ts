import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { only, snapshotState } from "../services/testing/control-plane-server.ts";
import { type BuiltTwin, buildTwin, startReadyTwin } from "../testing/twin-process.ts";
import { type Clients, createClients } from "./clients.ts";
import { answersTo } from "./question.ts";
import { questionsAbout } from "./questions/index.ts";

const state = snapshotState();
const statusSchema = z.object({ unimplemented: z.array(z.unknown()) });

describe("a twin of the snapshot", () => {
  let built: BuiltTwin;
  let twin: Awaited<ReturnType<typeof startReadyTwin>>;
  let clients: Clients;
  let endpoint: string;

  beforeAll(async () => {
    built = await buildTwin();
    twin = await startReadyTwin(built);
    const { env, region } = twin.ready;
    endpoint = env["AWS_ENDPOINT_URL"] ?? "";
    const credentials = {
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    };
    clients = createClients({ endpoint, region, credentials });
  });

  afterAll(async () => {
    clients.destroy();
    twin.child.kill();
    await twin.ended;
    await built.remove();
  });

  it("answers every setting that a check reads, and leaves no call unimplemented", async () => {
    const questions = questionsAbout(state);
    const answers = await answersTo(questions, clients);
    const failures = Object.entries(answers).filter(
      ([, answer]) => z.object({ error: z.string() }).safeParse(answer).success,
    );
    // Nobody but its own event source mapping invokes the processor, which needs no permission: it has no policy.
    const processor = only(state.functions.filter(({ function_name }) => function_name.endsWith("-processor")));
    expect(failures).toEqual([[`lambda:GetPolicy ${processor.function_name}`, { error: "ResourceNotFoundException" }]]);
    expect(Object.keys(answers)).toHaveLength(questions.length);
    const status = statusSchema.parse(await (await fetch(`${endpoint}/_twin/status`)).json());
    expect(status.unimplemented).toEqual([]);
  });

  it("describes the code that it runs: the hash and size of each zip in its folder", async () => {
    for (const { function_name: FunctionName, filename = "" } of state.functions) {
      const zip = await readFile(join(built.functionsFolder, filename.split("/").at(-1) ?? ""));
      const read = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect(read.CodeSha256).toBe(createHash("sha256").update(zip).digest("base64"));
      expect(read.CodeSize).toBe(zip.length);
    }
  });

  it("finds the ingest function healthy by asking it", async () => {
    const group = only(state.targetGroups);
    const answers = await answersTo(
      questionsAbout(state).filter(({ name }) => name.includes("DescribeTargetHealth")),
      clients,
    );
    expect(Object.values(only([answers]))).toMatchObject([
      { [only(state.targetGroupAttachments).target_id]: { TargetHealth: { State: "healthy" } } },
    ]);
    expect(group.target_type).toBe("lambda");
  });
});
