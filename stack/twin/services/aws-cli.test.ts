import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snapshotState } from "../testing/states.ts";
import { type ControlPlaneServer, only, serveControlPlane } from "./testing/control-plane-server.ts";

const run = promisify(execFile);
const hasCli = spawnSync("aws", ["--version"], { timeout: 30_000 }).status === 0;
const state = snapshotState();

/** What the AWS CLI is asked (with a JMESPath query), and what the state says. */
const questions: readonly (readonly [command: string, query: string, expected: unknown])[] = [
  ["lambda list-functions", "Functions[].FunctionName", state.functions.map(({ function_name }) => function_name)],
  ["iam list-roles --page-size 2", "Roles[].RoleName", state.roles.map(({ name }) => name)],
  [
    `iam get-role --role-name ${state.roles[0]?.name}`,
    "Role.AssumeRolePolicyDocument",
    JSON.parse(state.roles[0]?.assume_role_policy ?? "null"),
  ],
  [`kms describe-key --key-id ${only(state.keyAliases).name}`, "KeyMetadata.Arn", only(state.keys).arn],
  ["elbv2 describe-load-balancers", "LoadBalancers[].Scheme", ["internet-facing"]],
  ["elbv2 describe-target-groups", "TargetGroups[].TargetType", ["lambda"]],
  [
    `ec2 describe-subnets --page-size 5 --filters Name=vpc-id,Values=${only(state.vpcs).id}`,
    "Subnets[].SubnetId",
    state.subnets.map(({ id }) => id),
  ],
  [
    `ec2 describe-flow-logs --filter Name=resource-id,Values=${only(state.vpcs).id}`,
    "FlowLogs[].FlowLogId",
    state.flowLogs.map(({ id }) => id),
  ],
  [
    `apigateway get-resources --rest-api-id ${only(state.restApis).id} --embed methods`,
    "items[].resourceMethods.POST.methodIntegration.type",
    ["AWS_PROXY"],
  ],
  ["apigateway get-account", "cloudwatchRoleArn", only(state.apiGatewayAccounts).cloudwatch_role_arn],
  [
    "application-autoscaling describe-scalable-targets --service-namespace dynamodb",
    "ScalableTargets[].MaxCapacity",
    state.scalableTargets.map(({ max_capacity }) => max_capacity),
  ],
];

describe.skipIf(!hasCli)(`the AWS CLI${hasCli ? "" : " (skipped: no aws on the PATH)"}`, () => {
  let server: ControlPlaneServer;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    server = await serveControlPlane(state);
    const { endpoint, region, credentials } = server.clientConfig();
    environment = {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    delete environment["AWS_SESSION_TOKEN"];
    delete environment["AWS_PROFILE"];
  });

  afterAll(() => server.close());

  it.each(questions)("reads %s as the state says", async (command, query, expected) => {
    const args = [...command.split(" "), "--query", query, "--output", "json"];
    const { stdout } = await run("aws", args, { env: environment, timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});
