import type { Principal } from "../model/ports.ts";
import { deniedMessage } from "../model/principal.ts";
import { s3Errors } from "./s3-error.ts";
import type { OpenBucket, S3Parts } from "./s3-parts.ts";
import type { S3Request } from "./s3-request.ts";

/** The caller of a request; S3 answers an unsigned one with AccessDenied, since no bucket of the twin is public. */
export function callerOf(request: S3Request): Principal {
  const { principal } = request.context;
  if (principal === undefined) throw s3Errors.accessDenied();
  return principal;
}

/** Holds a request against identity and bucket policies; throws AccessDenied in S3's own words. */
export function authorize(
  parts: S3Parts,
  request: S3Request,
  action: string,
  resourceArn: string,
  context: Readonly<Record<string, string>> = {},
): void {
  const principal = callerOf(request);
  const full = { "aws:SecureTransport": String(request.context.secureTransport), ...context };
  const decision = parts.ports.authorizer.decide({ principal, action, resourceArn, context: full });
  if (decision.allowed) return;
  throw s3Errors.accessDenied(deniedMessage(principal, action, `"${resourceArn}"`, decision.reason));
}

/** The bucket that a request names, or NoSuchBucket. */
export function bucketOf(parts: S3Parts, request: S3Request): OpenBucket {
  const name = request.bucket ?? "";
  const found = parts.buckets.get(name);
  if (found === undefined) throw s3Errors.noSuchBucket(name);
  return found;
}

export function objectArn({ config }: OpenBucket, key: string): string {
  return `${config.arn}/${key}`;
}
