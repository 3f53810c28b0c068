import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { CannotRun } from "../model/errors.ts";
import { isBadCredentials, isDenied } from "../model/read-error.ts";
import type { Clients } from "./clients.ts";

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** All tries together: an endpoint that takes connections and says nothing must not hold a run up. */
const LONGEST_MS = 10_000;

/**
 * Who the run's credentials belong to. Asked before anything is sent, so that missing credentials are one clear error and not
 * one for each observer. Nothing of a secret goes into the error: an access key's id neither.
 *
 * @throws CannotRun `credentials.missing`, `credentials.rejected` or `endpoint.not-reachable`
 */
export async function checkIdentity(clients: Pick<Clients, "sts" | "region">): Promise<Identity> {
  const client = await clients.sts();
  try {
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.timeout(LONGEST_MS),
    });
    if (Account !== undefined && Arn !== undefined) return { accountId: Account, arn: Arn };
  } catch (error) {
    throw cannotRun(error, clients.region);
  }
  throw notReachable("the answer holds no account id", clients.region);
}

const NOT_FOUND = /^(CredentialsProviderError|TokenProviderError)$/;

function cannotRun(error: unknown, region: string): CannotRun {
  const name = error instanceof Error ? error.name : "";
  if (NOT_FOUND.test(name)) {
    return new CannotRun({
      code: "credentials.missing",
      message: "no AWS credentials were found",
      place: "environment, shared credentials file, container and instance metadata",
      remedy: 'Sign in ("aws sso login" or "aws configure") or set AWS_PROFILE; or run against the twin with --twin.',
    });
  }
  if (isBadCredentials(name) || isDenied(name)) {
    return new CannotRun({
      code: "credentials.rejected",
      message: `AWS does not take the credentials: ${name}`,
      place: `sts:GetCallerIdentity in ${region}`,
      remedy:
        "Sign in again: they have expired, were deleted, or belong to another partition; check the machine's clock too.",
    });
  }
  return notReachable(error instanceof Error ? describe(error) : String(error), region);
}

function describe(error: Error): string {
  const code = "code" in error && error.code !== undefined ? `${String(error.code)} ` : "";
  return `${code}${error.name}`;
}

function notReachable(reason: string, region: string): CannotRun {
  return new CannotRun({
    code: "endpoint.not-reachable",
    message: `AWS could not be asked whose credentials these are: ${reason}`,
    place: `sts:GetCallerIdentity in ${region}${process.env["AWS_ENDPOINT_URL"] ? " at AWS_ENDPOINT_URL" : ""}`,
    remedy: "Check the network, the region, and AWS_ENDPOINT_URL where it is set.",
  });
}
