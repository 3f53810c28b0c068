import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import { byName, picked, policyOf, type Questions } from "../question.ts";

/** Functions, who may invoke them and what feeds them: A3, A9, A11, B1, B7. */
export const functionQuestions: Questions = ({ functions, eventSourceMappings }) => [
  ...functions.flatMap(
    ({ function_name: FunctionName, arn }) =>
      [
        {
          name: `lambda:GetFunctionConfiguration ${FunctionName}`,
          ask: async ({ lambda }) =>
            picked(
              await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
              ...(["FunctionName", "FunctionArn", "Role", "Handler", "Runtime", "Timeout", "MemorySize"] as const),
              ...(["Environment", "KMSKeyArn", "CodeSha256", "CodeSize", "PackageType", "Architectures"] as const),
              ...(["Version", "State", "LastUpdateStatus", "LoggingConfig", "TracingConfig", "VpcConfig"] as const),
            ),
        },
        {
          name: `lambda:GetPolicy ${FunctionName}`,
          ask: async ({ lambda }) => policyOf((await lambda.send(new GetPolicyCommand({ FunctionName }))).Policy),
        },
        {
          name: `lambda:GetFunctionConcurrency ${FunctionName}`,
          ask: async ({ lambda }) =>
            picked(
              await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
              "ReservedConcurrentExecutions",
            ),
        },
        {
          name: `lambda:ListTags ${FunctionName}`,
          ask: async ({ lambda }) => (await lambda.send(new ListTagsCommand({ Resource: arn }))).Tags,
        },
      ] satisfies ReturnType<Questions>,
  ),
  ...eventSourceMappings.map(
    ({ event_source_arn: EventSourceArn }) =>
      ({
        name: `lambda:ListEventSourceMappings ${EventSourceArn}`,
        ask: async ({ lambda }) => {
          const read = await lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn }));
          return byName(
            read.EventSourceMappings?.map((mapping) =>
              picked(
                mapping,
                ...(["UUID", "EventSourceArn", "FunctionArn", "State", "BatchSize", "ParallelizationFactor"] as const),
                ...(["MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError"] as const),
                ...(["FunctionResponseTypes", "StartingPosition", "FilterCriteria", "DestinationConfig"] as const),
              ),
            ),
            ({ UUID }) => UUID,
          );
        },
      }) satisfies ReturnType<Questions>[number],
  ),
];
