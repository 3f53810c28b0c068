import type { Clients } from "../deployment/clients.ts";
import { checkIdentity } from "../deployment/identity.ts";
import { CannotRun } from "../model/errors.ts";
import type { ReadError } from "../model/read-error.ts";
import { UNKNOWN_ACCOUNT } from "../model/settings/place.ts";
import { learnCredentials } from "./known-secrets.ts";

/** What has to be known of a target to check who calls it. */
interface CalledTarget {
  readonly target: { readonly accountId: string };
  readonly deployment: { readonly accountId: string; readonly source: string };
}

/** The account to run in, and why AWS could not say whose the credentials are, where it could not. */
export interface Caller {
  readonly accountId: string;
  readonly identityError?: ReadError;
}

/**
 * Makes sure that the credentials are there and are for the deployment's account: a stack of another account would look like one
 * that lost everything. A run continues with an endpoint that cannot say whose they are: what it then does not show is unknown.
 *
 * A deployment that does not say its account is in that of the credentials: nothing else could be read with them.
 */
export async function checkCaller(clients: Clients, target: CalledTarget): Promise<Caller> {
  try {
    const identity = await checkIdentity(clients);
    checkAccount(identity, target);
    await learnCredentials(clients);
    return { accountId: identity.accountId };
  } catch (error) {
    if (!(error instanceof CannotRun) || error.problem.code !== "endpoint.not-reachable") throw error;
    await learnCredentials(clients);
    const { code, message } = error.problem;
    const identityError = { code, message, operation: "sts:GetCallerIdentity" };
    return { accountId: target.target.accountId, identityError };
  }
}

function checkAccount(identity: { readonly accountId: string }, target: CalledTarget): void {
  const { accountId } = target.deployment;
  if (accountId === UNKNOWN_ACCOUNT || accountId === identity.accountId) return;
  throw new CannotRun({
    code: "deployment.other-account",
    message: `The deployment is in account ${accountId}, and the credentials are for account ${identity.accountId}`,
    place: `${target.deployment.source}, output account_id, or most of the ARNs in it`,
    remedy: "Use credentials of that account (AWS_PROFILE), or name the right deployment with --deployment PATH.",
  });
}
