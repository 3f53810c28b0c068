import type { LogSink } from "../model/ports.ts";
import type { LogLine } from "./execution-environment.ts";
import type { FunctionConfig } from "./function-config.ts";

/**
 * Writes an invocation's lines as the function's role. Lambda makes an absent group itself where the role may
 * (logs:CreateLogGroup); where the role may not write, Lambda goes on and the lines are gone.
 */
export function functionLogs(config: FunctionConfig, logs: LogSink) {
  const writer = { kind: "role", roleArn: config.roleArn, sessionName: config.functionName } as const;
  let groupAsked = false;
  return (streamName: string, lines: readonly LogLine[]): void => {
    if (!groupAsked) logs.ensureGroup(config.logGroupName, writer);
    groupAsked = true;
    logs.append(config.logGroupName, streamName, lines, writer);
  };
}
