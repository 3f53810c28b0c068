import type { IncomingHttpHeaders } from "node:http";
import { percentDecoded } from "../model/text.ts";

/** Who signed a request and for which service, as Signature Version 4 says it. The signature itself is not checked. */
export interface SignedBy {
  readonly accessKeyId: string;
  readonly region: string;
  /** For example `kinesis`, `monitoring`, `s3`. */
  readonly signingName: string;
}

const AUTHORIZATION_SCOPE = /^AWS4-[A-Z0-9-]+ .*?Credential=([^/\s,]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request/;
const PRESIGNED_SCOPE = /[?&]X-Amz-Credential=([^&]+)/i;

/**
 * The credential scope of the Authorization header or, for a presigned request, of its query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function signedBy(headers: IncomingHttpHeaders, url: string): SignedBy | undefined {
  const header = headers.authorization;
  if (header !== undefined) return scopeOf(AUTHORIZATION_SCOPE.exec(header));
  const presigned = PRESIGNED_SCOPE.exec(url)?.[1];
  if (presigned === undefined) return undefined;
  return scopeOf(/^([^/]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request$/.exec(percentDecoded(presigned)));
}

function scopeOf(match: RegExpExecArray | null): SignedBy | undefined {
  const [, accessKeyId, region, signingName] = match ?? [];
  if (accessKeyId === undefined || region === undefined || signingName === undefined) return undefined;
  return { accessKeyId, region, signingName };
}
