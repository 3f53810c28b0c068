import type { Clients } from "../deployment/clients.ts";
import { checkIdentity } from "../deployment/identity.ts";
import { CannotRun } from "../model/errors.ts";
import type { ReadError } from "../model/read-error.ts";
import { learnCredentials } from "./known-secrets.ts";
import type { RunTarget } from "./target.ts";

/**
 * Makes sure that the credentials are there and are for the deployment's account: a stack of another account would look like one
 * that lost everything. A run continues with an endpoint that cannot say whose they are: what it then does not show is unknown.
 */
export async function checkCaller(clients: Clients, target: RunTarget): Promise<ReadError | undefined> {
  try {
    checkAccount(await checkIdentity(clients), target);
    await learnCredentials(clients);
    return undefined;
  } catch (error) {
    if (!(error instanceof CannotRun) || error.problem.code !== "endpoint.not-reachable") throw error;
    await learnCredentials(clients);
    return { code: error.problem.code, message: error.problem.message, operation: "sts:GetCallerIdentity" };
  }
}

function checkAccount(identity: { readonly accountId: string }, target: RunTarget): void {
  const { accountId } = target.deployment;
  if (accountId === "unknown" || accountId === identity.accountId) return;
  throw new CannotRun({
    code: "deployment.other-account",
    message: `The deployment is in account ${accountId}, and the credentials are for account ${identity.accountId}`,
    place: `${target.deployment.source}, output account_id or the ARNs in it`,
    remedy: "Use credentials of that account (AWS_PROFILE), or name the right deployment with --deployment PATH.",
  });
}
