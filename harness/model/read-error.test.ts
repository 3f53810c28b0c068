import { describe, expect, it } from "vitest";
import { isBadCredentials, isDenied } from "./read-error.ts";

const DENIED = [
  "AccessDenied",
  "AccessDeniedException",
  "KMSAccessDeniedException",
  "UnauthorizedOperation",
  "UnauthorizedException",
  "ForbiddenException",
  "AuthorizationErrorException",
  "NotAuthorized",
  "403",
];
const BAD_CREDENTIALS = [
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
];
const NEITHER = [
  "ResourceNotFoundException",
  "ThrottlingException",
  "KMSDisabledException",
  "NoSuchBucket",
  "404",
  "Unknown",
];

describe("an error code", () => {
  it.each(DENIED)("%s says that a permission is missing", (code) => {
    expect([isDenied(code), isBadCredentials(code)]).toEqual([true, false]);
  });

  it.each(BAD_CREDENTIALS)("%s says that the credentials do not serve", (code) => {
    expect([isDenied(code), isBadCredentials(code)]).toEqual([false, true]);
  });

  it.each(NEITHER)("%s says neither", (code) => {
    expect([isDenied(code), isBadCredentials(code)]).toEqual([false, false]);
  });
});
