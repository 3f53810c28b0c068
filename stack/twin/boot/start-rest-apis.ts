import { mayAssumeRole } from "../authorization/index.ts";
import { startApiGateway } from "../front/api-gateway/index.ts";
import type { FunctionInvoker } from "../model/ports.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import { restApiConfigs } from "./rest-api-configs.ts";
import type { StartedPart } from "./twin.ts";

/** Serves the REST APIs of the state, all on one port; the Host header says which is meant. */
export async function startRestApis(state: TwinState, ports: Ports, invoker: FunctionInvoker): Promise<StartedPart> {
  const apis = restApiConfigs(state);
  if (apis.length === 0) return { close: async () => {} };
  const cloudwatchRoleArn = logRoleOf(state, ports);
  const gateway = await startApiGateway(apis, { ...ports, invoker }, { cloudwatchRoleArn });
  const hostOf = (id: string) => `${id}.execute-api.${state.region}.amazonaws.com`;
  return {
    connectTo: Object.fromEntries(apis.map(({ id }) => [hostOf(id), gateway.url])),
    close: () => gateway.close(),
  };
}

/** The account's role for logs, where API Gateway may assume it; without it no access log ever comes, and nothing tells. */
function logRoleOf({ apiGatewayAccounts }: TwinState, { authorizer }: Ports): string | undefined {
  const roleArn = apiGatewayAccounts[0]?.cloudwatch_role_arn;
  if (roleArn === undefined) return undefined;
  return mayAssumeRole(authorizer, roleArn, "apigateway.amazonaws.com").allowed ? roleArn : undefined;
}
