import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { createClients } from "./clients.ts";
import { checkIdentity } from "./identity.ts";

const SECRET = "wJalrXUtnFEMI-K7MDENG";
const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET };

afterEach(() => vi.unstubAllEnvs());

async function identityFrom(respond: RequestListener, credentials?: typeof CREDENTIALS) {
  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const clients = createClients({ region: "eu-central-1", endpoint: `http://127.0.0.1:${port}`, credentials });
  try {
    return await checkIdentity(clients);
  } finally {
    clients.close();
    server.close();
    server.closeAllConnections();
  }
}

const SOMEBODY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>U</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

function errorAnswer(status: number, code: string): RequestListener {
  const error = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${SECRET}</Message></Error></ErrorResponse>`;
  return (_, response) => response.writeHead(status, { "content-type": "text/xml" }).end(error);
}

/** What a run that cannot start says about it. */
async function problemOf(running: Promise<unknown>) {
  const error = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CannotRun)) throw new Error(`not a CannotRun: ${String(error)}`);
  return error.problem;
}

describe("checking whose credentials these are", () => {
  it("tells account and ARN", async () => {
    const identity = await identityFrom((_, response) => response.end(SOMEBODY), CREDENTIALS);
    expect(identity).toEqual({ accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/ada" });
  });

  it.each([
    [403, "ExpiredToken"],
    [403, "InvalidClientTokenId"],
    [403, "SignatureDoesNotMatch"],
  ])("says by which code the credentials were rejected (%i %s), and no secret", async (status, code) => {
    const problem = await problemOf(identityFrom(errorAnswer(status, code), CREDENTIALS));
    expect(problem).toMatchObject({ code: "credentials.rejected", message: expect.stringContaining(code) });
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(JSON.stringify(problem)).not.toContain(CREDENTIALS.accessKeyId);
  });

  it("says where it looked when there are none", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"]) {
      vi.stubEnv(name, undefined);
    }
    for (const name of ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/no/such/file");
    vi.stubEnv("AWS_CONFIG_FILE", "/no/such/file");
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    const problem = await problemOf(identityFrom((_, response) => response.end(SOMEBODY)));
    expect(problem).toMatchObject({ code: "credentials.missing", remedy: expect.stringContaining("AWS_PROFILE") });
  });

  it("says so where nobody answers properly, after a second and a third try", async () => {
    let requests = 0;
    const problem = await problemOf(
      identityFrom((_, response) => {
        requests += 1;
        response.writeHead(500).end();
      }, CREDENTIALS),
    );
    expect(problem.code).toBe("endpoint.not-reachable");
    expect(requests).toBe(3);
  });
});
