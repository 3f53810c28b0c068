import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KinesisClient, ListShardsCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Client } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "./lambda/temporary-folder.ts";
import { type AskedTwin, askTwin } from "./testing/asked-twin.ts";
import { type Change, changedSnapshot } from "./testing/changed-snapshot.ts";

let twin: AskedTwin;

const soon = { timeout: 20_000, interval: 50 };

/** A twin of a stack with these cuts, for the tests of one group. */
function cut(change: Change | undefined, args: readonly string[] = []): void {
  beforeAll(async () => {
    twin = await askTwin(change, args);
  });
  afterAll(() => twin.end());
}

const deniedActions = async () => (await twin.status()).denied.kinds.map(({ action }) => action);

describe("a healthy stack", () => {
  cut(undefined);

  test("denies nobody anything, whatever is done with it", async () => {
    const key = "sp-cuts-whole-1";
    expect((await twin.postEvents(["sp-cuts-alb-1"])).status).toBe(202);
    expect((await twin.postDocument("sp-cuts-api-1")).status).toBe(200);
    await twin.s3.send(new PutObjectCommand({ Bucket: twin.output("content_bucket_name"), Key: key, Body: "{}" }));
    const content = () => twin.items(twin.output("content_table_name"), [key]);
    await expect.poll(async () => (await content()).size, soon).toBe(1);
    const events = () => twin.items(twin.output("events_table_name"), ["sp-cuts-alb-1"]);
    await expect.poll(async () => (await events()).size, soon).toBe(1);
    const { denied, unimplemented, ledger } = await twin.status();
    expect(denied).toEqual({ total: 0, kinds: [] });
    expect(unimplemented).toEqual([]);
    expect(ledger.logEventsDropped).toMatchObject({ noGroup: 0, denied: 0 });
  });

  test("has the instance's proof, encrypted with the stack's key", async () => {
    const proof = { Bucket: twin.output("content_bucket_name"), Key: twin.output("proof_object_key") };
    const head = await twin.s3.send(new HeadObjectCommand(proof));
    expect(head).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: twin.output("kms_key_arn") });
    expect((await twin.status()).instances).toMatchObject([{ outcome: "put" }]);
  });

  test("has access logs of the load balancer, the API and the VPC", async () => {
    const keys = async () => {
      const listed = await twin.s3.send(new ListObjectsV2Command({ Bucket: twin.output("logs_bucket_name") }));
      return (listed.Contents ?? []).map(({ Key }) => Key);
    };
    const folder = `alb/AWSLogs/${twin.state.accountId}`;
    await expect.poll(keys, soon).toContain(`${folder}/ELBAccessLogTestFile`);
    await expect
      .poll(keys, soon)
      .toContainEqual(expect.stringMatching(`^${folder}/elasticloadbalancing/.+\\.log\\.gz$`));
    const apiLog = () => twin.messages(twin.output("api_access_log_group_name"), "");
    await expect.poll(async () => (await apiLog()).length, soon).toBeGreaterThan(0);
    expect(await twin.messages(twin.output("flow_log_group_name"), "ACCEPT")).toHaveLength(1);
  });

  test("takes nothing over plain HTTP", async () => {
    const bucket = twin.output("content_bucket_name");
    const plain = Object.entries(twin.connectTo).find(([host]) => host.startsWith(`http://${bucket}`))?.[1] ?? "";
    const client = new S3Client({ ...twin.config, endpoint: plain, forcePathStyle: true });
    const put = client.send(new PutObjectCommand({ Bucket: bucket, Key: "plain", Body: "{}" }));
    await expect(put).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    client.destroy();
  });
});

describe("without permission to invoke, and without rights for deliveries", () => {
  cut(({ remove, setAt, all }) => {
    for (const { address } of all("aws_lambda_permission")) remove(address);
    remove("aws_s3_bucket_policy.logs");
    setAt("aws_iam_role_policy.proof_instance", { policy: '{"Version":"2012-10-17","Statement":[]}' });
    remove("aws_api_gateway_account.logs");
  });

  test("the load balancer answers 502 and the API 500, with bodies of their own", async () => {
    const [alb, api] = [await twin.postEvents(["sp-cuts-1"]), await twin.postDocument("sp-cuts-2")];
    expect(alb).toMatchObject({ status: 502, text: expect.stringContaining("<h1>502 Bad Gateway</h1>") });
    expect([api.status, JSON.parse(api.text)]).toEqual([500, { message: "Internal server error" }]);
  });

  test("an upload is taken, and its event goes nowhere", async () => {
    const Bucket = twin.output("content_bucket_name");
    const put = await twin.s3.send(new PutObjectCommand({ Bucket, Key: "sp-cuts-3", Body: "{}" }));
    expect(put.$metadata.httpStatusCode).toBe(200);
    const bucketDenied = async () =>
      (await twin.status()).denied.kinds.filter(({ caller }) => caller === "s3.amazonaws.com").length;
    await expect.poll(bucketDenied, soon).toBe(1);
    expect((await twin.items(twin.output("content_table_name"), ["sp-cuts-3"])).size).toBe(0);
  });

  test("no access log comes, neither the load balancer's nor the API's", async () => {
    await expect.poll(deniedActions, soon).toContain("s3:PutObject");
    const { Contents = [] } = await twin.s3.send(new ListObjectsV2Command({ Bucket: twin.output("logs_bucket_name") }));
    expect(Contents).toEqual([]);
    expect(await twin.messages(twin.output("api_access_log_group_name"), "")).toEqual([]);
  });

  test("the instance's proof is not there", async () => {
    const proof = { Bucket: twin.output("content_bucket_name"), Key: twin.output("proof_object_key") };
    await expect(twin.s3.send(new GetObjectCommand(proof))).rejects.toMatchObject({ name: "NoSuchKey" });
    expect((await twin.status()).instances).toMatchObject([{ outcome: expect.stringContaining("AccessDenied") }]);
  });
});

describe("with a key that leaves out the producer and the logs service", () => {
  cut(({ all }) => {
    for (const { values } of all("aws_kms_key")) {
      const policy: { Statement: { Sid: string }[] } = JSON.parse(String(values["policy"]));
      const kept = policy.Statement.filter(({ Sid }) => !["Producer", "LogGroupsOfThisAccount"].includes(Sid));
      const forbidden = {
        Sid: "NotTheProducer",
        Effect: "Deny",
        Principal: {
          AWS: all("aws_iam_role").find(({ address }) => address.startsWith("module.ingest."))?.values["arn"],
        },
        Action: "kms:GenerateDataKey",
        Resource: "*",
      };
      values["policy"] = JSON.stringify({ ...policy, Statement: [...kept, forbidden] });
    }
  });

  test("the producer is told KMSAccessDeniedException, and says so", async () => {
    const { status, text } = await twin.postEvents(["sp-cuts-4"]);
    expect(status).toBe(502);
    expect(JSON.parse(text)).toMatchObject({ error: "KMSAccessDeniedException" });
    expect(text).toContain("kms:GenerateDataKey");
    expect(text).toContain("with an explicit deny in a resource-based policy");
  });

  test("functions run all the same, and their logs are lost", async () => {
    expect((await twin.postDocument("sp-cuts-5")).status).toBe(200);
    await expect.poll(async () => (await twin.status()).ledger.logEventsDropped.denied, soon).toBeGreaterThan(0);
    await expect(twin.messages(twin.output("content_log_group_name"), "")).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});

describe("with a key that is disabled", () => {
  cut(({ set }) => set("aws_kms_key", { is_enabled: false }));

  test("everything that it encrypts fails in its service's words", async () => {
    const Bucket = twin.output("content_bucket_name");
    const put = twin.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "{}" }));
    await expect(put).rejects.toMatchObject({ name: "KMS.DisabledException" });
    const client = new KinesisClient({ ...twin.config, requestHandler: new NodeHttpHandler() });
    const record = { StreamName: twin.output("stream_name"), PartitionKey: "a", Data: Buffer.from("{}") };
    await expect(client.send(new PutRecordCommand(record))).rejects.toMatchObject({ name: "KMSDisabledException" });
    client.destroy();
    await expect(twin.items(twin.output("events_table_name"), ["a"])).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("KMS key not usable error"),
    });
    expect((await twin.postEvents(["a"])).status).toBe(502);
  });
});

describe("with a role that Lambda may not assume, and one without rights on the table", () => {
  cut(({ all, setAt }) => {
    const roles = all("aws_iam_role");
    const ingest = roles.find(({ address }) => address.startsWith("module.ingest."));
    const trust = String(ingest?.values["assume_role_policy"]).replace("lambda.amazonaws.com", "ec2.amazonaws.com");
    setAt(ingest?.address ?? "", { assume_role_policy: trust });
    setAt("module.content.aws_iam_role_policy.this", { policy: '{"Version":"2012-10-17","Statement":[]}' });
  });

  test("the function does not run: 502, and no log of its own", async () => {
    expect((await twin.postEvents(["sp-cuts-6"])).status).toBe(502);
    expect(await deniedActions()).toContain("sts:AssumeRole");
    expect(await twin.messages(twin.output("ingest_log_group_name"), "")).toEqual([]);
  });

  test("the handler is told AccessDeniedException, and its logs are lost with it", async () => {
    expect((await twin.postDocument("sp-cuts-7")).status).toBeGreaterThanOrEqual(500);
    expect(await deniedActions()).toEqual(expect.arrayContaining(["dynamodb:UpdateItem", "logs:CreateLogStream"]));
  });
});

describe("with an internal load balancer, and seen by a caller who may list shards alone", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "kinesis:ListShards", Resource: "*" }],
  };
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder("stackproof-cuts-test-");
    const file = join(folder.path, "caller.json");
    await writeFile(file, JSON.stringify(policy));
    twin = await askTwin(({ set }) => set("aws_lb", { internal: true }), ["--caller-policy", file]);
  });
  afterAll(async () => {
    await twin.end();
    await folder.remove();
  });

  test("its port takes connections and never answers", async () => {
    const url = Object.entries(twin.connectTo).find(([host]) => host.includes("elb.amazonaws.com"))?.[1] ?? "";
    const client = new Client(url, { headersTimeout: 300 });
    await expect(client.request({ path: "/health", method: "GET" })).rejects.toMatchObject({
      code: "UND_ERR_HEADERS_TIMEOUT",
    });
    await client.destroy();
    expect(twin.notes).toContainEqual(expect.stringContaining("does not answer the internet: it is internal"));
  });

  test("the caller may do what its policy says and nothing else; the stack itself goes on", async () => {
    const client = new KinesisClient({ ...twin.config, requestHandler: new NodeHttpHandler() });
    const StreamName = twin.output("stream_name");
    expect((await client.send(new ListShardsCommand({ StreamName }))).Shards).not.toEqual([]);
    const put = client.send(new PutRecordCommand({ StreamName, PartitionKey: "a", Data: Buffer.from("{}") }));
    await expect(put).rejects.toMatchObject({ name: "AccessDeniedException" });
    client.destroy();
    const Bucket = twin.output("content_bucket_name");
    await expect(twin.s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: "AccessDenied" });
    expect((await twin.postDocument("sp-cuts-8")).status).toBe(200);
  });
});

test("a role of the state can be the caller", async () => {
  const roleArn = changedSnapshot().roles.find(({ arn }) => arn.endsWith("-processor"))?.arn ?? "";
  const asked = await askTwin(undefined, ["--caller-role", roleArn]);
  const client = new KinesisClient({ ...asked.config, requestHandler: new NodeHttpHandler() });
  const StreamName = asked.output("stream_name");
  expect((await client.send(new ListShardsCommand({ StreamName }))).Shards).not.toEqual([]);
  const put = client.send(new PutRecordCommand({ StreamName, PartitionKey: "a", Data: Buffer.from("{}") }));
  await expect(put).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining("assumed-role/stackproof-dev-us-east-1-processor/stackproof"),
  });
  client.destroy();
  await asked.end();
});
