import type { Identities } from "../model/ports.ts";
import type { FunctionConfig } from "./function-config.ts";
import type { FunctionOptions } from "./function-options.ts";

/**
 * What Lambda sets in a Node.js environment, then the function's own variables, and nothing of this host's
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). `AWS_ENDPOINT_URL` is the twin's own: it
 * leads the SDK to the twin, and the warning about this machine's Node.js version, which is not the function's, is off. `HOME` does not exist, as in Lambda, so that no settings of this host are found there.
 */
export function environmentVariables(
  config: FunctionConfig,
  options: Pick<FunctionOptions, "region" | "endpointUrl">,
  taskRoot: string,
  logStreamName: string,
  identities: Identities,
): Record<string, string> {
  const credentials = identities.credentialsOf({
    kind: "role",
    roleArn: config.roleArn,
    sessionName: config.functionName,
  });
  const sessionToken = credentials.sessionToken;
  return {
    AWS_ENDPOINT_URL: options.endpointUrl,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...config.environment,
    _HANDLER: config.handler ?? "",
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: config.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMiB),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: config.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    HOME: "/home/sbx_user1051",
  };
}
