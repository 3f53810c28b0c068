import { createServer } from "node:http";
import { expect, it } from "vitest";
import { createClients } from "../deployment/clients.ts";
import { checkCaller } from "./check-caller.ts";

const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI-K7MDENG" };
const SOMEBODY = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ada</Arn>
  <UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Checks the caller of a deployment of an account at an endpoint that answers everything so. */
async function check(accountId: string, answer: string) {
  const server = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const clients = createClients({ region: "eu-central-1", endpoint, credentials: CREDENTIALS });
  try {
    return await checkCaller(clients, { target: { accountId }, deployment: { accountId, source: "outputs.json" } });
  } finally {
    clients.close();
    server.close();
    server.closeAllConnections();
  }
}

it("takes the account of the credentials where the deployment does not say its own", async () => {
  expect(await check("unknown", SOMEBODY)).toEqual({ accountId: "123456789012" });
});

it("refuses credentials of another account", async () => {
  await expect(check("210987654321", SOMEBODY)).rejects.toMatchObject({
    problem: { code: "deployment.other-account" },
  });
});

it("leaves the account open where the endpoint does not say it either", async () => {
  expect(await check("unknown", "rubbish")).toMatchObject({
    accountId: "unknown",
    identityError: { code: "endpoint.not-reachable" },
  });
});
