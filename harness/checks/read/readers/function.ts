import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { FunctionSetting } from "../../../model/settings/function-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOfNamed } from "../../../model/settings/place.ts";
import { type Target, targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import { keepKnown } from "../known-values.ts";
import type { Reader } from "../reader.ts";
import { required, together } from "../unread.ts";

const CONFIGURATION = "lambda:GetFunctionConfiguration";
const CONCURRENCY = "lambda:GetFunctionConcurrency";
const ABSENT = ["ResourceNotFoundException"];

export const functionReader: Reader<"function"> = {
  kind: "function",
  namedBy: ({ entryFunction, consumerFunction }) => [entryFunction, consumerFunction],
  isLinked: true,

  needs: (name, place) => needsOn([CONFIGURATION, CONCURRENCY], [arnOfNamed("lambda", "function:", name, place)]),

  async read(name, { clients, askIfAny, knownNames }) {
    const lambda = await clients.lambda();
    const [configuration, concurrency] = await together([
      askIfAny(CONFIGURATION, ABSENT, (options) =>
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }), options),
      ),
      askIfAny(CONCURRENCY, ABSENT, (options) =>
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name }), options),
      ),
    ]);
    if (configuration === undefined || concurrency === undefined) return undefined;
    return {
      ...toFunction(configuration, knownNames),
      reservedConcurrency: concurrency.ReservedConcurrentExecutions ?? null,
    };
  },

  links: ({ name, arn, roleArn, logGroup, keyArn, subnetIds, securityGroupIds }, place) => {
    const subject = targetOf("function", arn, place).subject;
    const own: Target[] = [
      { kind: "function-policy", subject },
      { kind: "event-source-mappings", subject },
      targetOf("role", roleArn, place),
      targetOf("log-group", logGroup === "" ? `/aws/lambda/${name}` : logGroup, place),
    ];
    return [
      ...own,
      ...targetIfAny("key", keyArn, place),
      ...subnetIds.map((id) => targetOf("subnet", id, place)),
      ...securityGroupIds.map((id) => targetOf("security-group", id, place)),
    ];
  },
};

function toFunction(
  configuration: FunctionConfiguration,
  knownNames: ReadonlySet<string>,
): Omit<FunctionSetting, "reservedConcurrency"> {
  const name = required(configuration.FunctionName, "FunctionName", CONFIGURATION);
  const { Environment, VpcConfig } = configuration;
  return {
    kind: "function",
    name,
    arn: required(configuration.FunctionArn, "FunctionArn", CONFIGURATION),
    roleArn: required(configuration.Role, "Role", CONFIGURATION),
    runtime: configuration.Runtime ?? "",
    handler: configuration.Handler ?? "",
    timeoutSeconds: required(configuration.Timeout, "Timeout", CONFIGURATION),
    memoryMiB: required(configuration.MemorySize, "MemorySize", CONFIGURATION),
    state: configuration.State ?? "",
    stateReason: configuration.StateReason ?? "",
    lastUpdateStatus: configuration.LastUpdateStatus ?? "",
    lastUpdateStatusReason: configuration.LastUpdateStatusReason ?? "",
    codeSha256: required(configuration.CodeSha256, "CodeSha256", CONFIGURATION),
    environment: keepKnown(Environment?.Variables ?? {}, knownNames),
    environmentError: Environment?.Error === undefined ? "" : describeError(Environment.Error),
    keyArn: configuration.KMSKeyArn ?? "",
    logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    subnetIds: VpcConfig?.SubnetIds ?? [],
    securityGroupIds: VpcConfig?.SecurityGroupIds ?? [],
  };
}

function describeError({
  ErrorCode,
  Message,
}: {
  ErrorCode?: string | undefined;
  Message?: string | undefined;
}): string {
  return [ErrorCode ?? "Error", Message ?? "no message"].join(": ");
}
