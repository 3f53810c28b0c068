import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FUNCTIONS, stackproof, temporaryFolder } from "../testing/stackproof.ts";
import { add, has, output, resourceLike, setValues, snapshotWith } from "../testing/state.ts";

/** One for each way in; none of them is like another in a form that a pattern would find by chance. */
const CANARY = {
  output: "tern-sensitive-output",
  nested: 'tern "of a list" / heron-7741',
  state: "tern-sensitive-attribute",
  variable: "tern-of-the-function-5512",
  environment: "tern-of-the-ci",
  sessionToken: "tern-session-of-aws",
  userinfo: "tern-in-a-url",
  bearer: "tern-bearer-1",
  signature: "tern-signature",
  keyId: "ASIATERNTERNTERN1234",
  privateKey: "ternPrivateKey",
  fault: "tern-of-the-faults",
  option: "tern-of-an-option",
};

let folder: ReturnType<typeof temporaryFolder>;
let server: Server;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  server?.close();
  folder.remove();
});

const RESOURCE = resourceLike("aws_kinesis_stream");

function stateWithSecrets(): string {
  const state = JSON.parse(
    snapshotWith(
      { kind: "set-output", name: "password", value: CANARY.output },
      { kind: "set-output", name: "passwords", value: [CANARY.nested] },
      add({ ...RESOURCE, type: "aws_db_instance", sensitive_values: { pin: true } }, "db", { pin: CANARY.state }),
      setValues(
        "aws_lambda_function",
        { environment: [{ variables: { STREAM_NAME: output("stream_name"), DB_PASSWORD: CANARY.variable } }] },
        has("function_name", "ingest"),
      ),
    ),
  );
  for (const name of ["password", "passwords"]) state.values.outputs[name].sensitive = true;
  return JSON.stringify(state);
}

/** An endpoint that says all that it knows, and all that was sent to it. */
async function startTalkative(): Promise<string> {
  server = createServer((request, response) => {
    const { bearer, signature, keyId, privateKey, option: _, ...others } = CANARY;
    response
      .writeHead(403, { "content-type": "text/plain" })
      .end(
        [
          JSON.stringify(Object.values(others)),
          `GET ${request.url} ${JSON.stringify(request.headers)}`,
          `Authorization: Bearer ${bearer}`,
          `https://bucket.s3.amazonaws.com/key?X-Amz-Credential=${keyId}%2F20261122&X-Amz-Signature=${signature}&x=1`,
          `-----BEGIN PRIVATE KEY-----\n${privateKey}`,
        ].join("\n"),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

function pipelinesWithUserinfo(): string {
  return JSON.stringify([
    {
      name: "alb",
      entry: { kind: "alb", url: `http://robot:${CANARY.userinfo}@{alb_dns_name}/events`, body: { id: "{tag}" } },
      hops: [
        { name: "log", kind: "log", logGroup: "{ingest_log_group_name}" },
        { name: "item", kind: "item", table: "{events_table_name}", key: { id: "{tag}" } },
      ],
      roles: { loadBalancer: "{alb_arn}", entryFunction: "{ingest_function_name}", table: "{events_table_name}" },
    },
  ]);
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Which canaries stand in a text, in any spelling, or their beginnings. */
function canariesIn(text: string): string[] {
  const spellings = (value: string) => [
    value.slice(0, 10),
    value.slice(-10),
    encodeURIComponent(value),
    Buffer.from(value).toString("base64"),
  ];
  return Object.entries(CANARY)
    .filter(([, value]) => spellings(value).some((spelling) => text.includes(spelling)))
    .map(([name]) => name);
}

const ENVIRONMENT = {
  ...process.env,
  GITHUB_TOKEN: CANARY.environment,
  AWS_SESSION_TOKEN: CANARY.sessionToken,
  OTHER_PASSWORD: CANARY.fault,
};

describe("secrets", () => {
  it("reach no file of a run and nothing that is printed, from whichever input they come", async () => {
    const out = join(folder.path, "reports");
    const { exitCode, stdout, stderr } = await stackproof(
      [
        ...["verify", "--twin", folder.write("state.json", stateWithSecrets()), "--functions", FUNCTIONS],
        ...["--pipelines", folder.write("pipelines.json", pipelinesWithUserinfo())],
        ...["--connect-to", `${output("alb_dns_name")}=${await startTalkative()}`],
        ...["--wait", "2", "--json", "--out", out],
      ],
      { env: ENVIRONMENT },
    );
    expect(exitCode).toBe(1);
    const journal = readFileSync(join(out, "latest", "journal.ndjson"), "utf8");
    expect(journal).toContain("[redacted: sensitive output]");
    expect(journal).toContain("[redacted: URL credentials]");
    const written = [stdout, stderr, ...filesBelow(out).map((path) => readFileSync(path, "utf8"))];
    expect(written).toHaveLength(7);
    expect(written.map(canariesIn)).toEqual(written.map(() => []));
    expect(stdout).toContain("sp-");
    expect(stdout).toContain(output("stream_arn").split(":")[4]);
  });

  it.each([
    ["a file of faults", ["--faults", "faults.json"]],
    ["a file of the deployment", ["--twin", "faults.json"]],
    ["an option that is not right", ["--connect-to", `host=ftp://me:${CANARY.option}@host`]],
    ["a path", ["--functions", `https://me:${CANARY.option}@host/dist`]],
  ])("are not printed where %s is wrong", async (_, args) => {
    folder.write("faults.json", CANARY.fault);
    const { exitCode, stdout, stderr } = await stackproof(["verify", "--twin", ...args, "--out", "reports"], {
      env: ENVIRONMENT,
      cwd: folder.path,
    });
    expect(exitCode).toBe(3);
    expect(canariesIn(stdout + stderr)).toEqual([]);
  });
});
