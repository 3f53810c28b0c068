import type { KeyRefusal, Principal } from "../../model/ports.ts";
import { callerName, callerOf } from "../policy/caller.ts";
import type { KeyOperation, KeyUseOutcome } from "./key-use.ts";

/** The sentence that AWS' services share, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function deniedSentence(principal: Principal, action: string, resourceArn: string, reason: string): string {
  const caller = callerName(callerOf(principal, () => undefined));
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resourceArn} ${reason}`;
}

/** A use of a key that did not happen. */
type KeyFailure = Exclude<KeyUseOutcome, { kind: "allowed" }>;

/** What Kinesis, S3, DynamoDB, CloudWatch Logs and Lambda answer when KMS refuses them. */
export function keyFailureAnswer(
  service: "kinesis" | "s3" | "dynamodb" | "logs" | "lambda",
  principal: Principal,
  operation: KeyOperation,
  failure: KeyFailure,
): KeyRefusal {
  const sentence = kmsSentence(principal, operation, failure);
  switch (service) {
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors
    case "kinesis":
      return { status: 400, code: `KMS${KMS_CODE[failure.kind]}`, message: sentence };
    // A denial is S3's own AccessDenied, the rest keeps KMS' name: https://github.com/localstack/localstack/pull/8423
    case "s3":
      if (failure.kind === "denied") return { status: 403, code: "AccessDenied", message: sentence };
      return { status: 400, code: `KMS.${KMS_CODE[failure.kind]}`, message: sentence };
    // https://github.com/aws/aws-cdk/issues/10010
    case "dynamodb":
      return { status: 400, code: "AccessDeniedException", message: tableSentence(failure, sentence) };
    case "logs":
      return { status: 400, code: "AccessDeniedException", message: sentence };
    // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
    case "lambda":
      return { status: 502, code: `KMS${KMS_CODE[failure.kind]}`, message: variablesSentence(failure, sentence) };
    default:
      return service satisfies never;
  }
}

const KMS_CODE: Readonly<Record<KeyFailure["kind"], string>> = {
  denied: "AccessDeniedException",
  disabled: "DisabledException",
};

/** KMS' own words. */
function kmsSentence(principal: Principal, operation: KeyOperation, failure: KeyFailure): string {
  return failure.kind === "denied"
    ? deniedSentence(principal, operation, failure.keyArn, failure.reason)
    : `${failure.keyArn} is disabled.`;
}

function tableSentence({ kind }: KeyFailure, sentence: string): string {
  const what = kind === "denied" ? "KMS key access denied error" : "KMS key not usable error";
  return `${what}: com.amazonaws.services.kms.model.AWSKMSException: ${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${KMS_CODE[kind]})`;
}

function variablesSentence({ kind }: KeyFailure, sentence: string): string {
  const why = kind === "denied" ? "KMS access was denied" : "the KMS key is disabled";
  return (
    `Lambda was unable to decrypt the environment variables because ${why}. Please check the function's KMS ` +
    `key settings. KMS Exception: ${KMS_CODE[kind]}KMS Message: ${sentence}`
  );
}
