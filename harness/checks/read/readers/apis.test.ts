import { describe, expect, it } from "vitest";
import { denied, fails } from "../testing/fake-clients.ts";
import { find, PLACE } from "../testing/find.ts";

const URI =
  "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:content/invocations";

describe("an API", () => {
  const answers = {
    GetRestApi: () => ({
      id: "a1b2c3",
      name: "content",
      endpointConfiguration: { types: ["REGIONAL"] },
      policy:
        '{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Deny\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"execute-api:Invoke\\",\\"Resource\\":\\"execute-api:\\/*\\"}]}',
    }),
    GetResources: ({ position }: Readonly<Record<string, unknown>>) =>
      position === undefined
        ? { items: [{ id: "root", path: "/" }], position: "2" }
        : {
            items: [
              {
                id: "r1",
                path: "/process",
                resourceMethods: {
                  POST: {
                    httpMethod: "POST",
                    authorizationType: "NONE",
                    apiKeyRequired: false,
                    methodIntegration: { type: "AWS_PROXY", httpMethod: "POST", uri: URI },
                  },
                },
              },
            ],
          },
  };

  it("is read with its methods and their integrations", async () => {
    const found = await find("api", "a1b2c3", answers);
    expect(found?.setting).toMatchObject({
      kind: "api",
      id: "a1b2c3",
      name: "content",
      endpointTypes: ["REGIONAL"],
      executeApiEndpointDisabled: false,
      policy: { statements: [{ effect: "Deny", resources: ["execute-api:/*"] }] },
      methods: [
        {
          path: "/process",
          httpMethod: "POST",
          authorization: "NONE",
          apiKeyRequired: false,
          integrationType: "AWS_PROXY",
          integrationUri: URI,
          integrationHttpMethod: "POST",
          integrationCredentialsArn: "",
        },
      ],
    });
  });

  const withoutIntegration = {
    ...answers,
    GetRestApi: () => ({ id: "a1b2c3" }),
    GetResources: () => ({ items: [{ id: "r1", path: "/process", resourceMethods: { POST: {} } }] }),
  };

  it("asks for an integration that did not come with its method", async () => {
    const found = await find("api", "a1b2c3", {
      ...withoutIntegration,
      GetIntegration: ({ resourceId, httpMethod }) => ({ type: "AWS", uri: `${resourceId} ${httpMethod}` }),
    });
    expect(found?.setting).toMatchObject({
      policy: null,
      methods: [{ integrationType: "AWS", integrationUri: "r1 POST" }],
    });
  });

  it("has a method without an integration where AWS says so", async () => {
    const GetIntegration = fails("NotFoundException", 404);
    const found = await find("api", "a1b2c3", { ...withoutIntegration, GetIntegration });
    expect(found?.setting).toMatchObject({ methods: [{ integrationType: "", integrationUri: "" }] });
  });

  const validated = (validator: object, GetRequestValidator = () => validator) => ({
    ...answers,
    GetRequestValidator,
    GetResources: () => ({
      items: [
        {
          id: "r1",
          path: "/process",
          resourceMethods: {
            POST: {
              requestValidatorId: "v1",
              requestParameters: {
                "method.request.querystring.page": true,
                "method.request.querystring.size": false,
                "method.request.header.X-Kind": true,
              },
              methodIntegration: { type: "AWS_PROXY", httpMethod: "POST", uri: URI },
            },
          },
        },
      ],
    }),
  });

  it.each([
    [{ validateRequestParameters: true }, { parameters: ["header.X-Kind", "querystring.page"], validatesBody: false }],
    [{ validateRequestBody: true }, { parameters: [], validatesBody: true }],
  ])("has the validator of a method, with what it asks for: %j", async (validator, expected) => {
    const found = await find("api", "a1b2c3", validated({ name: "strict", ...validator }));
    expect(found?.setting).toMatchObject({ methods: [{ requestValidator: { name: "strict", ...expected } }] });
  });

  it("has no validator where AWS does not know it, and is unread where it is denied", async () => {
    const found = await find("api", "a1b2c3", validated({}, fails("NotFoundException", 404)));
    expect(JSON.stringify(found?.setting)).not.toContain("requestValidator");
    await expect(find("api", "a1b2c3", validated({}, denied))).rejects.toMatchObject({
      errors: [{ operation: "apigateway:GET" }],
    });
  });

  it("is absent where AWS says so by name, and unread where its resources are denied", async () => {
    expect(await find("api", "a1b2c3", { GetRestApi: fails("NotFoundException", 404) })).toBeUndefined();
    await expect(find("api", "a1b2c3", { ...answers, GetResources: denied })).rejects.toMatchObject({
      errors: [{ operation: "apigateway:GET" }],
    });
  });
});

describe("a stage", () => {
  it("is read, and leads to the account's role and its log group", async () => {
    const group = "arn:aws:logs:eu-central-1:123456789012:log-group:/api/access";
    const found = await find("api-stage", "a1b2c3/live", {
      GetStage: ({ restApiId, stageName }) => ({
        stageName,
        deploymentId: `of ${restApiId}`,
        accessLogSettings: { destinationArn: group, format: "$context.requestId" },
      }),
    });
    expect(found).toEqual({
      setting: {
        kind: "api-stage",
        apiId: "a1b2c3",
        name: "live",
        deploymentId: "of a1b2c3",
        accessLogDestinationArn: group,
        accessLogFormat: "$context.requestId",
      },
      links: [
        { kind: "api-account", subject: PLACE.region },
        { kind: "log-group", subject: "/api/access" },
      ],
    });
  });

  it("without access logs leads to no log group", async () => {
    const found = await find("api-stage", "a1b2c3/live", { GetStage: () => ({ stageName: "live" }) });
    expect(found).toMatchObject({ setting: { accessLogDestinationArn: "" }, links: [{ kind: "api-account" }] });
  });

  it("is absent where AWS says so by name", async () => {
    expect(await find("api-stage", "a1b2c3/live", { GetStage: fails("NotFoundException", 404) })).toBeUndefined();
  });
});

describe("the API account", () => {
  const throttleSettings = { burstLimit: 5_000, rateLimit: 10_000 };

  it("is read, and leads to its role", async () => {
    const cloudwatchRoleArn = "arn:aws:iam::123456789012:role/api-logs";
    const GetAccount = () => ({ cloudwatchRoleArn, throttleSettings });
    expect(await find("api-account", "eu-central-1", { GetAccount })).toEqual({
      setting: { kind: "api-account", region: "eu-central-1", cloudwatchRoleArn },
      links: [{ kind: "role", subject: cloudwatchRoleArn }],
    });
  });

  it("may have no role; an empty answer is not that", async () => {
    const found = await find("api-account", "eu-central-1", { GetAccount: () => ({ throttleSettings }) });
    expect(found).toMatchObject({ setting: { cloudwatchRoleArn: "" }, links: [] });
    await expect(find("api-account", "eu-central-1", { GetAccount: () => ({}) })).rejects.toMatchObject({
      errors: [{ code: "IncompleteAnswer" }],
    });
  });
});
