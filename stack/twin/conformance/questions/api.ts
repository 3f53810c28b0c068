import {
  GetAccountCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";
import { byName, picked, type Question, type Questions } from "../question.ts";

/** The API: B7, B14. */
export const apiQuestions: Questions = ({ restApis, restApiStages, restApiMethods }) => [
  {
    name: "apigateway:GetAccount",
    ask: async ({ apigateway }) => omitted(await apigateway.send(new GetAccountCommand({}))),
  },
  ...restApis.flatMap(({ id }) => restApiQuestions(id)),
  ...restApiMethods.flatMap(
    ({ rest_api_id: restApiId, resource_id: resourceId, http_method: httpMethod }): Question[] => {
      const method = { restApiId, resourceId, httpMethod };
      const name = `${restApiId} ${resourceId} ${httpMethod}`;
      return [
        {
          name: `apigateway:GetMethod ${name}`,
          ask: async ({ apigateway }) => {
            const read = await apigateway.send(new GetMethodCommand(method));
            return picked(read, "httpMethod", "authorizationType", "apiKeyRequired");
          },
        },
        {
          name: `apigateway:GetIntegration ${name}`,
          ask: async ({ apigateway }) => omitted(await apigateway.send(new GetIntegrationCommand(method))),
        },
      ];
    },
  ),
  ...restApiStages.map(
    ({ rest_api_id: restApiId, stage_name: stageName }): Question => ({
      name: `apigateway:GetStage ${restApiId} ${stageName}`,
      ask: async ({ apigateway }) => omitted(await apigateway.send(new GetStageCommand({ restApiId, stageName }))),
    }),
  ),
];

const restApiQuestions = (restApiId: string): Question[] => [
  {
    name: `apigateway:GetRestApi ${restApiId}`,
    ask: async ({ apigateway }) => omitted(await apigateway.send(new GetRestApiCommand({ restApiId }))),
  },
  {
    name: `apigateway:GetResources ${restApiId}`,
    ask: async ({ apigateway }) => {
      const { items } = await apigateway.send(new GetResourcesCommand({ restApiId, embed: ["methods"] }));
      const resources = items?.map(({ id, path, pathPart, parentId, resourceMethods }) => ({
        ...{ id, path, pathPart, parentId },
        methods: Object.keys(resourceMethods ?? {}),
      }));
      return byName(resources, ({ path }) => path);
    },
  },
  {
    name: `apigateway:GetDeployments ${restApiId}`,
    ask: async ({ apigateway }) => {
      const { items } = await apigateway.send(new GetDeploymentsCommand({ restApiId }));
      return items?.map(({ id }) => id);
    },
  },
];

function omitted<T extends { readonly $metadata: unknown }>({ $metadata: _, ...answer }: T): object {
  return answer;
}
