import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  GetAccountSettingsCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListEventSourceMappings,
  paginateListFunctions,
} from "@aws-sdk/client-lambda";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../lambda/temporary-folder.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";
import { packagesOfZips } from "./function-packages.ts";

const zip = Buffer.from("what the twin runs");

const state = snapshotState();
const ingest = only(state.functions.filter(({ function_name }) => function_name.endsWith("-ingest")));
const processor = only(state.functions.filter(({ function_name }) => function_name.endsWith("-processor")));
const mapping = only(state.eventSourceMappings);

const folder = await temporaryFolder("stackproof-control-plane-");
const zipPath = join(folder.path, "ingest.zip");
await writeFile(zipPath, zip);
afterAll(() => folder.remove());
const packages = packagesOfZips((name) => (name === ingest.function_name ? zipPath : undefined));
const { client: lambda, server, asking } = await serviceUnderTest(LambdaClient, state, { packages });

describe("a function", () => {
  it("is configured as the state says", async () => {
    const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: ingest.function_name }));
    expect(read).toMatchObject({
      FunctionName: ingest.function_name,
      FunctionArn: ingest.arn,
      Role: ingest.role,
      Handler: "index.handler",
      Runtime: "nodejs22.x",
      Timeout: ingest.timeout,
      MemorySize: ingest.memory_size,
      Environment: { Variables: ingest.environment?.variables },
      KMSKeyArn: ingest.kms_key_arn,
      Version: "$LATEST",
      State: "Active",
      LastUpdateStatus: "Successful",
      LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${ingest.function_name}` },
    });
    expect(read.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  });

  it("has the hash that was applied, whatever zip the twin runs", async () => {
    const read = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: ingest.arn }));
    expect(read.CodeSha256).toBe(ingest.code_sha256);
    expect(read.CodeSha256).not.toBe(createHash("sha256").update(zip).digest("base64"));
  });

  it("shows its tags, and its concurrency only where some is reserved", async () => {
    const read = await lambda.send(new GetFunctionCommand({ FunctionName: ingest.function_name }));
    expect(read.Tags).toEqual(ingest.tags_all);
    expect(read.Concurrency).toBeUndefined();
    expect((await lambda.send(new ListTagsCommand({ Resource: ingest.arn }))).Tags).toEqual(ingest.tags_all);

    const off = { ...state, functions: [{ ...ingest, reserved_concurrent_executions: 0 }] };
    const reserved = await asking(off, (client) =>
      client.send(new GetFunctionConcurrencyCommand({ FunctionName: ingest.function_name })),
    );
    expect(reserved.ReservedConcurrentExecutions).toBe(0);
  });

  it("that is not there is ResourceNotFoundException, 404", async () => {
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: "nobody" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Function not found: arn:aws:lambda:${state.region}:${state.accountId}:function:nobody`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("is listed page by page", async () => {
    const names: (string | undefined)[] = [];
    let pages = 0;
    for await (const page of paginateListFunctions({ client: lambda, pageSize: 2 }, {})) {
      names.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName));
      pages += 1;
    }
    expect(names).toEqual(state.functions.map(({ function_name }) => function_name));
    expect(pages).toBe(2);
  });

  it("has no event invoke configuration unless Terraform made one", async () => {
    const ask = new GetFunctionEventInvokeConfigCommand({ FunctionName: ingest.function_name });
    await expect(lambda.send(ask)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const config = {
      address: "aws_lambda_function_event_invoke_config.ingest",
      function_name: ingest.function_name,
      qualifier: undefined,
      maximum_event_age_in_seconds: 60,
      maximum_retry_attempts: 0,
      destination_config: undefined,
    };
    const read = await asking({ ...state, functionEventInvokeConfigs: [config] }, (client) => client.send(ask));
    expect(read).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });
});

describe("a function's policy", () => {
  const policyOf = async (changed: TwinState): Promise<unknown> => {
    const { Policy = "" } = await asking(changed, (client) =>
      client.send(new GetPolicyCommand({ FunctionName: ingest.function_name })),
    );
    return JSON.parse(Policy);
  };
  const permission = only(
    state.functionPermissions.filter(({ principal }) => principal === "elasticloadbalancing.amazonaws.com"),
  );

  it("is the statements that AddPermission makes of the permissions", async () => {
    const { Policy = "" } = await lambda.send(new GetPolicyCommand({ FunctionName: ingest.function_name }));
    expect(JSON.parse(Policy)).toEqual({
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        {
          Sid: permission.statement_id,
          Effect: "Allow",
          Principal: { Service: "elasticloadbalancing.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: ingest.arn,
          Condition: { ArnLike: { "AWS:SourceArn": permission.source_arn } },
        },
      ],
    });
  });

  it.each([
    ["111122223333", { AWS: "arn:aws:iam::111122223333:root" }],
    ["arn:aws:iam::111122223333:role/caller", { AWS: "arn:aws:iam::111122223333:role/caller" }],
    ["*", "*"],
  ])("names the principal %s as %j", async (principal, Principal) => {
    const changed = { ...permission, principal, source_arn: undefined, source_account: "111122223333" };
    expect(await policyOf({ ...state, functionPermissions: [changed] })).toMatchObject({
      Statement: [{ Principal, Condition: { StringEquals: { "AWS:SourceAccount": "111122223333" } } }],
    });
  });

  it("is ResourceNotFoundException where there is no permission", async () => {
    await expect(policyOf({ ...state, functionPermissions: [] })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
  });

  it("leaves out permissions of a qualifier", async () => {
    const ofAlias = { ...permission, qualifier: "live" };
    await expect(policyOf({ ...state, functionPermissions: [ofAlias] })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("an event source mapping", () => {
  it("is set as the state says", async () => {
    const read = await lambda.send(new GetEventSourceMappingCommand({ UUID: mapping.uuid }));
    expect(read).toMatchObject({
      UUID: mapping.uuid,
      EventSourceArn: mapping.event_source_arn,
      FunctionArn: processor.arn,
      State: "Enabled",
      BatchSize: mapping.batch_size,
      MaximumRetryAttempts: mapping.maximum_retry_attempts,
      BisectBatchOnFunctionError: mapping.bisect_batch_on_function_error,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: { Destination: mapping.destination_config?.on_failure?.destination_arn } },
    });
    expect(read.LastModified).toBeInstanceOf(Date);
  });

  it("that Terraform has switched off is Disabled", async () => {
    const off = { ...state, eventSourceMappings: [{ ...mapping, enabled: false }] };
    const read = await asking(off, (client) => client.send(new GetEventSourceMappingCommand({ UUID: mapping.uuid })));
    expect(read.State).toBe("Disabled");
  });

  it.each([
    ["the stream", { EventSourceArn: mapping.event_source_arn }, 1],
    ["another stream", { EventSourceArn: `${mapping.event_source_arn}-other` }, 0],
    ["the function's name", { FunctionName: processor.function_name }, 1],
    ["another function", { FunctionName: ingest.function_name }, 0],
  ])("is found by %s", async (_by, filter, count) => {
    const found: unknown[] = [];
    for await (const page of paginateListEventSourceMappings({ client: lambda }, filter)) {
      found.push(...(page.EventSourceMappings ?? []));
    }
    expect(found).toHaveLength(count);
  });
});

describe("the service", () => {
  it("answers the account's quotas", async () => {
    const read = await lambda.send(new GetAccountSettingsCommand({}));
    expect(read.AccountLimit?.ConcurrentExecutions).toBe(1000);
    expect(read.AccountUsage?.FunctionCount).toBe(state.functions.length);
  });

  it("asks whether the caller may, with IAM's action and the function's ARN", async () => {
    await lambda.send(new GetPolicyCommand({ FunctionName: ingest.function_name }));
    expect(server.asked.at(-1)).toMatchObject({ action: "lambda:GetPolicy", resourceArn: ingest.arn });
  });

  it("answers AccessDeniedException, 403, to who may not", async () => {
    await asking(
      state,
      async (client) => {
        await expect(client.send(new GetPolicyCommand({ FunctionName: ingest.function_name }))).rejects.toMatchObject({
          name: "AccessDeniedException",
          message: expect.stringContaining(`not authorized to perform: lambda:GetPolicy on resource: ${ingest.arn}`),
          $metadata: { httpStatusCode: 403 },
        });
      },
      { authorizer: denying("lambda:GetPolicy") },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(lambda.send(new InvokeCommand({ FunctionName: ingest.function_name }))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
    const path = `/2015-03-31/functions/${ingest.function_name}/invocations`;
    expect(server.unimplemented.counts()).toContainEqual({ service: "lambda", operation: `POST ${path}`, count: 1 });
  });
});
