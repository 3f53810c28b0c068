import type { Decision, Principal } from "../../model/ports.ts";
import { type AuthorizerOptions, createAuthorizer } from "../create-authorizer.ts";
import type { KeyUse } from "../keys/key-use.ts";
import { createKeys } from "../keys/keys.ts";
import {
  functionVariablesKeyUse,
  logGroupKeyUse,
  objectKeyUse,
  streamKeyUse,
  tableKeyUse,
} from "../keys/service-key-uses.ts";
import { mayAssumeRole } from "../may-assume-role.ts";
import {
  accountId,
  apiArn,
  arn,
  bucketArn,
  flowLogGroupArn,
  functionArn,
  keyArn,
  logsBucketArn,
  type Resources,
  region,
  roleArn,
  stateOf,
  streamArn,
  tableArn,
  targetGroupArn,
} from "./example-stack.ts";

/** What came of a passage through the stack: `allowed`, or the first reason why not. */
export type Passage = string;

/** The example stack with the questions that its data paths ask. */
export function askStack(resources: Resources, options: Partial<AuthorizerOptions> = {}) {
  const state = stateOf(resources);
  const authorizer = createAuthorizer(state, { nowMs: () => Date.UTC(2026, 0, 15), ...options });
  const keys = createKeys(state, authorizer);
  const role = (name: string): Principal => ({ kind: "role", roleArn: roleArn(name), sessionName: name });
  const service = (name: string, sourceArn: string, sourceAccount = accountId): Principal => ({
    kind: "service",
    service: name,
    sourceArn,
    sourceAccount,
  });
  const decide = (principal: Principal, action: string, resourceArn: string, context: Record<string, string> = {}) =>
    passage(authorizer.decide({ principal, action, resourceArn, context }));
  const useKey = (use: KeyUse): Passage => {
    const outcome = keys.mayUseKey(use);
    return outcome.kind === "denied" ? outcome.reason : outcome.kind;
  };
  const assume = (name: string, byService: string) => passage(mayAssumeRole(authorizer, roleArn(name), byService));
  const stream = { key: keyArn, region, streamArn };
  return {
    state,
    authorizer,
    keys,
    decide,
    role,
    service,
    loadBalancerInvokes: (from = targetGroupArn) =>
      decide(service("elasticloadbalancing.amazonaws.com", from), "lambda:InvokeFunction", functionArn("ingest")),
    bucketInvokes: (from = bucketArn, account = accountId) =>
      decide(service("s3.amazonaws.com", from, account), "lambda:InvokeFunction", functionArn("content")),
    apiInvokes: (from = `${apiArn}/live/POST/process`) =>
      decide(service("apigateway.amazonaws.com", from), "lambda:InvokeFunction", functionArn("content")),
    functionStarts: (name: string) =>
      all(assume(name, "lambda.amazonaws.com"), () =>
        useKey(
          functionVariablesKeyUse({
            key: keyArn,
            region,
            functionArn: functionArn(name),
            functionName: name,
            roleArn: roleArn(name),
          }),
        ),
      ),
    producerPuts: () =>
      all(decide(role("ingest"), "kinesis:PutRecords", streamArn), () =>
        useKey(streamKeyUse("write", role("ingest"), stream)),
      ),
    consumerReads: () =>
      all(decide(role("processor"), "kinesis:GetRecords", streamArn), () =>
        useKey(streamKeyUse("read", role("processor"), stream)),
      ),
    tableTakes: (action: string) =>
      all(decide(role("content"), action, tableArn), () =>
        useKey(tableKeyUse(role("content"), { key: keyArn, region, tableName: "content", accountId })),
      ),
    logsAreEncrypted: (logRegion = region, group = "log-group:/aws/lambda/ingest") =>
      useKey(
        logGroupKeyUse("write", {
          key: keyArn,
          region: logRegion,
          logGroupArn: arn("logs", group),
          accountId,
          partition: "aws",
        }),
      ),
    accessLogsArrive: () =>
      decide(
        service("logdelivery.elasticloadbalancing.amazonaws.com", ""),
        "s3:PutObject",
        `${logsBucketArn}/alb/AWSLogs/${accountId}/elasticloadbalancing/x.log.gz`,
      ),
    flowLogsArrive: () =>
      all(assume("flow-logs", "vpc-flow-logs.amazonaws.com"), () =>
        decide(role("flow-logs"), "logs:PutLogEvents", `${flowLogGroupArn}:log-stream:eni-1`),
      ),
    objectIsRead: (context: Record<string, string> = { "aws:SecureTransport": "true" }) =>
      decide(role("content"), "s3:GetObject", `${bucketArn}/a.json`, context),
    proofIsPut: () =>
      all(assume("proof", "ec2.amazonaws.com"), () =>
        all(decide(role("proof"), "s3:PutObject", `${bucketArn}/proof/instance.json`), () =>
          useKey(
            objectKeyUse("put", role("proof"), {
              key: "alias/main",
              region,
              bucketArn,
              objectKey: "proof/instance.json",
              bucketKeyEnabled: true,
            }),
          ),
        ),
      ),
    apiLogsArrive: () =>
      all(assume("api-logs", "apigateway.amazonaws.com"), () =>
        decide(role("api-logs"), "logs:PutLogEvents", arn("logs", "log-group:/api/access:log-stream:1")),
      ),
  };
}

export type AskedStack = ReturnType<typeof askStack>;

export function passage(decision: Decision): Passage {
  return decision.allowed ? "allowed" : decision.reason;
}

function all(first: Passage, then: () => Passage): Passage {
  return first === "allowed" ? then() : first;
}
