import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

/** Why a read failed. */
export const readErrorSchema = z.object({
  /** The service's own code, for example `AccessDeniedException`. */
  code: z.string(),
  message: z.string(),
  /** The operation that failed, for example `kinesis:GetRecords`. */
  operation: z.string(),
});

export type ReadError = DeepReadonly<z.infer<typeof readErrorSchema>>;

const DENIED =
  /^(KMS)?AccessDenied|^AuthorizationError|^Unauthorized(Operation|Exception)$|^NotAuthorized|^Forbidden(Exception)?$|^40[13]$/;

/**
 * Whether the caller lacks a permission: `AccessDenied` of S3, IAM, ELB and STS, `AccessDeniedException` of the JSON services,
 * `KMSAccessDeniedException` where it is the key's, `UnauthorizedOperation` of EC2, `UnauthorizedException` and `ForbiddenException`
 * of API Gateway, `AuthorizationErrorException` of SNS, `NotAuthorized` of the errors that all services share
 * (docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html), or just the status, for a HEAD request.
 */
export function isDenied(code: string): boolean {
  return DENIED.test(code);
}

const BAD_CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|MissingAuthenticationToken|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|RequestExpired|RequestTimeTooSkewed)/;

/** Whether there are no credentials, or AWS does not take them: expired, deleted, wrongly signed. */
export function isBadCredentials(code: string): boolean {
  return BAD_CREDENTIALS.test(code);
}
