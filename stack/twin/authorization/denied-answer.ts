import type { Principal } from "../model/ports.ts";
import type { KeyOperation, KeyUseOutcome } from "./keys/key-use.ts";
import { callerName, callerOf } from "./policy/caller.ts";

/** An error as a service words it. */
export interface DeniedAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type DenyingService =
  | "apigateway"
  | "application-autoscaling"
  | "dynamodb"
  | "ec2"
  | "elasticloadbalancing"
  | "iam"
  | "kinesis"
  | "kms"
  | "lambda"
  | "logs"
  | "monitoring"
  | "s3"
  | "sts";

/**
 * Code and status of a call that is not allowed, by signing name: 400 where the service speaks AWS JSON, 403 otherwise.
 * Each service's "Common errors" page, for example
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
 */
const denials: Readonly<Record<DenyingService, { readonly status: number; readonly code: string }>> = {
  apigateway: { status: 403, code: "AccessDeniedException" },
  "application-autoscaling": { status: 400, code: "AccessDeniedException" },
  dynamodb: { status: 400, code: "AccessDeniedException" },
  ec2: { status: 403, code: "UnauthorizedOperation" },
  elasticloadbalancing: { status: 403, code: "AccessDenied" },
  iam: { status: 403, code: "AccessDenied" },
  kinesis: { status: 400, code: "AccessDeniedException" },
  kms: { status: 400, code: "AccessDeniedException" },
  lambda: { status: 403, code: "AccessDeniedException" },
  logs: { status: 400, code: "AccessDeniedException" },
  monitoring: { status: 403, code: "AccessDenied" },
  s3: { status: 403, code: "AccessDenied" },
  sts: { status: 403, code: "AccessDenied" },
};

/** The sentence that AWS' services share, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function deniedSentence(principal: Principal, action: string, resourceArn: string, reason: string): string {
  const caller = callerName(callerOf(principal, () => undefined));
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resourceArn} ${reason}`;
}

/** What a service answers to a call that is not allowed. EC2 puts a sentence of its own before the shared one. */
export function deniedAnswer(
  service: DenyingService,
  principal: Principal,
  action: string,
  resourceArn: string,
  reason: string,
): DeniedAnswer {
  const sentence = deniedSentence(principal, action, resourceArn, reason);
  const message = service === "ec2" ? `You are not authorized to perform this operation. ${sentence}` : sentence;
  return { ...denials[service], message };
}

/** A use of a key that did not happen. */
export type KeyFailure = Exclude<KeyUseOutcome, { kind: "allowed" }>;

/** What Kinesis, S3, DynamoDB, CloudWatch Logs and Lambda answer when KMS refuses them. */
export function keyFailureAnswer(
  service: "kinesis" | "s3" | "dynamodb" | "logs" | "lambda",
  principal: Principal,
  operation: KeyOperation,
  failure: KeyFailure,
): DeniedAnswer {
  const sentence = kmsSentence(principal, operation, failure);
  switch (service) {
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors
    case "kinesis":
      return { status: 400, code: `KMS${shortCode[failure.kind]}`, message: sentence };
    // A denial is S3's own AccessDenied, the rest keeps KMS' name: https://github.com/localstack/localstack/pull/8423
    case "s3":
      if (failure.kind === "denied") return { status: 403, code: "AccessDenied", message: sentence };
      return { status: 400, code: `KMS.${kmsCode[failure.kind]}`, message: sentence };
    // https://github.com/aws/aws-cdk/issues/10010
    case "dynamodb":
      return { status: 400, code: "AccessDeniedException", message: tableSentence(failure, sentence) };
    case "logs":
      return { status: 400, code: "AccessDeniedException", message: sentence };
    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
    case "lambda":
      return { status: 502, code: `KMS${shortCode[failure.kind]}`, message: variablesSentence(failure, sentence) };
    default:
      return service satisfies never;
  }
}

const kmsCode: Readonly<Record<KeyFailure["kind"], string>> = {
  denied: "AccessDeniedException",
  disabled: "DisabledException",
  "pending-deletion": "KMSInvalidStateException",
};

const shortCode: Readonly<Record<KeyFailure["kind"], string>> = {
  denied: "AccessDeniedException",
  disabled: "DisabledException",
  "pending-deletion": "InvalidStateException",
};

/** KMS' own words. */
function kmsSentence(principal: Principal, operation: KeyOperation, failure: KeyFailure): string {
  switch (failure.kind) {
    case "denied":
      return deniedSentence(principal, operation, failure.keyArn, failure.reason);
    case "disabled":
      return `${failure.keyArn} is disabled.`;
    case "pending-deletion":
      return `${failure.keyArn} is pending deletion.`;
    default:
      return failure satisfies never;
  }
}

function tableSentence({ kind }: KeyFailure, sentence: string): string {
  const what = kind === "denied" ? "KMS key access denied error" : "KMS key not usable error";
  return `${what}: com.amazonaws.services.kms.model.AWSKMSException: ${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${kmsCode[kind]})`;
}

function variablesSentence({ kind }: KeyFailure, sentence: string): string {
  const why: Readonly<Record<KeyFailure["kind"], string>> = {
    denied: "KMS access was denied",
    disabled: "the KMS key is disabled",
    "pending-deletion": "the KMS key is in an invalid state for Decrypt",
  };
  return (
    `Lambda was unable to decrypt the environment variables because ${why[kind]}. Please check the function's KMS ` +
    `key settings. KMS Exception: ${kmsCode[kind]}KMS Message: ${sentence}`
  );
}
