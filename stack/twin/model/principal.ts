import type { Principal } from "./ports.ts";

/** The sentence that AWS' services share. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function deniedMessage(principal: Principal, action: string, resource: string, reason: string): string {
  return `User: ${callerArn(principal)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** The caller's ARN as STS and error messages give it: a role shows as its session. */
export function callerArn(principal: Principal): string {
  switch (principal.kind) {
    case "user":
      return principal.arn;
    case "role": {
      const [, partition = "aws", account = "", path = ""] =
        /^arn:([^:]+):iam::(\d*):role\/(.*)$/.exec(principal.roleArn) ?? [];
      return `arn:${partition}:sts::${account}:assumed-role/${path.split("/").at(-1) ?? ""}/${principal.sessionName}`;
    }
    case "service":
      return principal.service;
    default:
      return principal satisfies never;
  }
}
