import {
  APIGatewayClient,
  GetAccountCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetRequestValidatorCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlansCommand,
  paginateGetResources,
  paginateGetRestApis,
} from "@aws-sdk/client-api-gateway";
import { describe, expect, it } from "vitest";
import { snapshotState, stateWith } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const api = only(state.restApis);
const resource = only(state.restApiResources);
const integration = only(state.restApiIntegrations);
const stage = only(state.restApiStages);
const named = { restApiId: api.id, resourceId: resource.id, httpMethod: "POST" };

const { client: gateway, server, asking } = await serviceUnderTest(APIGatewayClient, state);

describe("an API", () => {
  it("is what the state says", async () => {
    const read = await gateway.send(new GetRestApiCommand({ restApiId: api.id }));
    expect(read).toMatchObject({
      id: api.id,
      name: api.name,
      rootResourceId: api.root_resource_id,
      endpointConfiguration: { types: ["REGIONAL"] },
      disableExecuteApiEndpoint: false,
      tags: api.tags_all,
    });
    expect(read.createdDate).toEqual(new Date(api.created_date ?? ""));
  });

  it("is listed", async () => {
    const ids: (string | undefined)[] = [];
    for await (const page of paginateGetRestApis({ client: gateway }, {})) {
      ids.push(...(page.items ?? []).map(({ id }) => id));
    }
    expect(ids).toEqual([api.id]);
  });

  it("that is not there is NotFoundException, 404", async () => {
    await expect(gateway.send(new GetRestApiCommand({ restApiId: "nothing" }))).rejects.toMatchObject({
      name: "NotFoundException",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("answers its policy with the quotation marks escaped, as API Gateway does", async () => {
    const policy = '{"Statement":[]}';
    const apart = { address: "aws_api_gateway_rest_api_policy.this", rest_api_id: api.id, policy };
    const read = await asking({ ...state, restApiPolicies: [apart] }, (client) =>
      client.send(new GetRestApiCommand({ restApiId: api.id })),
    );
    expect(read.policy).toBe('{\\"Statement\\":[]}');
  });
});

describe("resources and methods", () => {
  it("are listed with the root, page by page", async () => {
    const paths: (string | undefined)[] = [];
    for await (const page of paginateGetResources({ client: gateway, pageSize: 1 }, { restApiId: api.id })) {
      paths.push(...(page.items ?? []).map(({ path }) => path));
    }
    expect(paths).toEqual(["/", resource.path]);
  });

  it("show their methods only where the call embeds them", async () => {
    const ask = (embed: string[] | undefined) => gateway.send(new GetResourcesCommand({ restApiId: api.id, embed }));
    const processOf = ({ items = [] }: Awaited<ReturnType<typeof ask>>) =>
      only(items.filter(({ path }) => path === resource.path)).resourceMethods;
    expect(processOf(await ask(undefined))).toEqual({ POST: {} });
    expect(processOf(await ask(["methods"]))).toMatchObject({
      POST: { authorizationType: "NONE", methodIntegration: { type: "AWS_PROXY", uri: integration.uri } },
    });
  });

  it("are read one by one", async () => {
    expect(await gateway.send(new GetMethodCommand(named))).toMatchObject({
      httpMethod: "POST",
      authorizationType: "NONE",
      apiKeyRequired: false,
      methodIntegration: { type: "AWS_PROXY" },
    });
    expect(await gateway.send(new GetIntegrationCommand(named))).toMatchObject({
      type: "AWS_PROXY",
      httpMethod: integration.integration_http_method,
      uri: integration.uri,
      timeoutInMillis: integration.timeout_milliseconds,
    });
  });

  it("without an integration say so", async () => {
    const ask = (client: APIGatewayClient) => client.send(new GetIntegrationCommand(named));
    await expect(asking({ ...state, restApiIntegrations: [] }, ask)).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });
});

describe("a request validator", () => {
  const validator = {
    address: "aws_api_gateway_request_validator.this",
    id: "v1",
    rest_api_id: api.id,
    name: "parameters",
    validate_request_body: false,
    validate_request_parameters: true,
  };
  const restApiRequestValidators = [validator];
  const ask = (requestValidatorId: string) => (client: APIGatewayClient) =>
    client.send(new GetRequestValidatorCommand({ restApiId: api.id, requestValidatorId }));

  it("is what the state says, or not there", async () => {
    expect(await asking({ ...state, restApiRequestValidators }, ask("v1"))).toMatchObject({
      name: "parameters",
      validateRequestBody: false,
      validateRequestParameters: true,
    });
    await expect(asking({ ...state, restApiRequestValidators }, ask("v2"))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });
});

describe("a stage", () => {
  it("has its deployment and its access log", async () => {
    const read = await gateway.send(new GetStageCommand({ restApiId: api.id, stageName: stage.stage_name }));
    expect(read).toMatchObject({
      stageName: stage.stage_name,
      deploymentId: stage.deployment_id,
      accessLogSettings: {
        destinationArn: stage.access_log_settings?.destination_arn,
        format: stage.access_log_settings?.format,
      },
    });
    const { item } = await gateway.send(new GetStagesCommand({ restApiId: api.id }));
    expect(only(item).stageName).toBe(stage.stage_name);
    const { items } = await gateway.send(new GetDeploymentsCommand({ restApiId: api.id }));
    expect(only(items).id).toBe(stage.deployment_id);
  });

  it("has its methods' settings under API Gateway's keys", async () => {
    const settings = [
      {
        logging_level: "INFO",
        metrics_enabled: true,
        throttling_burst_limit: 5,
        throttling_rate_limit: 10,
        cache_ttl_in_seconds: 60,
      },
    ];
    const common = { arn: api.execution_arn, rest_api_id: api.id, stage_name: stage.stage_name, settings };
    const { restApiMethodSettings } = stateWith({
      "aws_api_gateway_method_settings.all": { ...common, method_path: "*/*" },
      "aws_api_gateway_method_settings.one": { ...common, method_path: "process/POST" },
    });
    const read = await asking({ ...state, restApiMethodSettings }, (client) =>
      client.send(new GetStageCommand({ restApiId: api.id, stageName: stage.stage_name })),
    );
    expect(Object.keys(read.methodSettings ?? {})).toEqual(["*/*", "~1process/POST"]);
    expect(read.methodSettings?.["*/*"]).toEqual({
      loggingLevel: "INFO",
      metricsEnabled: true,
      dataTraceEnabled: false,
      throttlingBurstLimit: 5,
      throttlingRateLimit: 10,
      cachingEnabled: false,
      cacheTtlInSeconds: 60,
      cacheDataEncrypted: false,
      requireAuthorizationForCacheControl: true,
      unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
    });
  });
});

describe("the account", () => {
  it("has the role that writes logs", async () => {
    const read = await gateway.send(new GetAccountCommand({}));
    expect(read.cloudwatchRoleArn).toBe(only(state.apiGatewayAccounts).cloudwatch_role_arn);
    expect(read.throttleSettings).toEqual({ burstLimit: 5000, rateLimit: 10_000 });
  });

  it("has none where Terraform sets none", async () => {
    const read = await asking({ ...state, apiGatewayAccounts: [] }, (client) => client.send(new GetAccountCommand({})));
    expect(read.cloudwatchRoleArn).toBeUndefined();
    expect(read.throttleSettings).toBeDefined();
  });
});

describe("the service", () => {
  it("asks whether the caller may GET the path", async () => {
    await gateway.send(new GetIntegrationCommand(named));
    expect(server.asked.at(-1)).toMatchObject({
      action: "apigateway:GET",
      resourceArn: `arn:aws:apigateway:${state.region}::/restapis/${api.id}/resources/${resource.id}/methods/POST/integration`,
    });
  });

  it("answers AccessDeniedException, 403, to who may not", async () => {
    await asking(
      state,
      async (client) => {
        await expect(client.send(new GetAccountCommand({}))).rejects.toMatchObject({
          name: "AccessDeniedException",
          message: expect.stringContaining("is not authorized to perform: apigateway:GET"),
          $metadata: { httpStatusCode: 403 },
        });
      },
      { authorizer: denying("apigateway:GET") },
    );
  });

  it("counts what it does not implement", async () => {
    await expect(gateway.send(new GetUsagePlansCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
    expect(server.unimplemented.counts()).toMatchObject([{ service: "apigateway", operation: "GET /usageplans" }]);
  });
});
