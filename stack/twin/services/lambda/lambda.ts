import type { RestService } from "../../model/service.ts";
import type { Resource } from "../../state/twin-state.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { createService, restJsonErrors } from "../operation.ts";
import { type RestRoute, restJsonService } from "../rest-json.ts";
import { getAccountSettings, listTags } from "./account.ts";
import { getEventSourceMapping, listEventSourceMappings } from "./event-source-mappings.ts";
import {
  aboutFunction,
  getFunction,
  getFunctionConcurrency,
  getFunctionConfiguration,
  getPolicy,
  listFunctions,
} from "./functions.ts";
import { namedFunction } from "./lambda-parts.ts";

/** Paths begin with the version of the API in which an operation came. https://docs.aws.amazon.com/lambda/latest/dg/API_Operations.html */
const ROUTES: readonly RestRoute[] = [
  { method: "GET", path: "/2015-03-31/functions", operation: "ListFunctions" },
  { method: "GET", path: "/2015-03-31/functions/{FunctionName}", operation: "GetFunction" },
  { method: "GET", path: "/2015-03-31/functions/{FunctionName}/configuration", operation: "GetFunctionConfiguration" },
  { method: "GET", path: "/2015-03-31/functions/{FunctionName}/policy", operation: "GetPolicy" },
  { method: "GET", path: "/2019-09-30/functions/{FunctionName}/concurrency", operation: "GetFunctionConcurrency" },
  {
    method: "GET",
    path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    operation: "GetFunctionEventInvokeConfig",
  },
  { method: "GET", path: "/2015-03-31/event-source-mappings", operation: "ListEventSourceMappings" },
  { method: "GET", path: "/2015-03-31/event-source-mappings/{UUID}", operation: "GetEventSourceMapping" },
  { method: "GET", path: "/2017-03-31/tags/{Resource}", operation: "ListTags" },
  { method: "GET", path: "/2016-08-19/account-settings", operation: "GetAccountSettings" },
];

/** Lambda's control plane, to be read: what it would answer about the functions and mappings of the state. */
export function createLambda(parts: ControlPlaneParts): RestService {
  const service = createService("lambda", parts.authorizer, restJsonErrors, {
    GetFunction: getFunction(parts),
    GetFunctionConfiguration: getFunctionConfiguration(parts),
    ListFunctions: listFunctions(parts),
    GetPolicy: getPolicy(parts),
    GetFunctionConcurrency: getFunctionConcurrency(parts),
    GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig(parts),
    ListEventSourceMappings: listEventSourceMappings(parts),
    GetEventSourceMapping: getEventSourceMapping(parts),
    ListTags: listTags(parts),
    GetAccountSettings: getAccountSettings(parts),
  });
  return restJsonService(service, ROUTES, parts.unimplemented, (message) => ({
    Type: "User",
    Message: message,
    message,
  }));
}

function getFunctionEventInvokeConfig(parts: ControlPlaneParts) {
  const { state } = parts;
  const isFor = (config: Resource<"functionEventInvokeConfigs">, arn: string, qualifier: string) => {
    const named = namedFunction(state, config.function_name, config.qualifier);
    return named.arn === arn && (named.qualifier ?? "$LATEST") === qualifier;
  };
  return aboutFunction(
    parts,
    "lambda:GetFunctionEventInvokeConfig",
    ({ arn }, { qualifier = "$LATEST" }) => {
      const config = state.functionEventInvokeConfigs.find((each) => isFor(each, arn, qualifier));
      if (config === undefined) return undefined;
      const { on_failure, on_success } = config.destination_config ?? {};
      return {
        FunctionArn: `${arn}:${qualifier}`,
        MaximumRetryAttempts: config.maximum_retry_attempts,
        MaximumEventAgeInSeconds: config.maximum_event_age_in_seconds,
        DestinationConfig: {
          OnFailure: { Destination: on_failure?.destination },
          OnSuccess: { Destination: on_success?.destination },
        },
      };
    },
    ({ arn, qualifier = "$LATEST" }) => `The function ${arn}:${qualifier} doesn't have an EventInvokeConfig`,
  );
}
