import { createServer } from "node:http";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createKeyUses } from "../../authorization/index.ts";
import { authorizationOf } from "../../authorization/keys/key-use.ts";
import { rememberingPorts } from "../../lambda/testing/test-ports.ts";
import { listen } from "../../model/listener.ts";
import type { AuthorizationRequest, Decision, FaultAction, Principal } from "../../model/ports.ts";
import { type BucketConfig, createS3, type S3Options } from "../index.ts";

export const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/994fa80f-59a6-f4a2-ae0c-7b708597994f";
export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:content";
export const admin = { kind: "user", arn: "arn:aws:iam::123456789012:user/admin" } as const satisfies Principal;
export const content: BucketConfig = {
  name: "content-bucket",
  arn: "arn:aws:s3:::content-bucket",
  region: "eu-central-1",
  versioning: "Enabled",
  defaultEncryption: { algorithm: "aws:kms", kmsKeyId: keyArn, bucketKeyEnabled: true },
  notifications: [],
  eventBridge: false,
  policy: '{"Version":"2012-10-17","Statement":[]}',
  tags: { owner: "team & co" },
  logging: undefined,
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: false,
  },
  objectOwnership: "BucketOwnerEnforced",
};
export const plain: BucketConfig = {
  ...content,
  name: "plain-bucket",
  arn: "arn:aws:s3:::plain-bucket",
  versioning: "Unversioned",
  defaultEncryption: { algorithm: "AES256", kmsKeyId: undefined, bucketKeyEnabled: false },
  policy: undefined,
  tags: {},
  publicAccessBlock: undefined,
};

const open: (() => Promise<void>)[] = [];

/** Ends whatever `startS3` started: for `afterEach`. */
export async function closeS3(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

interface Given {
  readonly buckets?: readonly BucketConfig[];
  readonly options?: Partial<S3Options>;
  readonly decide?: (request: AuthorizationRequest) => Decision;
  readonly fault?: FaultAction;
  readonly principal?: Principal | "nobody";
}

/** S3 over the wire, with two buckets where no others are given; what was asked of its neighbours, and what was sent to functions. */
export async function startS3(given: Given = {}) {
  const ports = rememberingPorts();
  const asked: AuthorizationRequest[] = [];
  const sent: { arn: string; event: { Records: Record<string, unknown>[] }; by: Principal }[] = [];
  const decide = (request: AuthorizationRequest): Decision => {
    asked.push(request);
    return given.decide?.(request) ?? { allowed: true };
  };
  const keys = createKeyUses(
    { accountId: "123456789012", partition: "aws", region: "eu-central-1" },
    {
      mayUseKey(use) {
        const decision = decide(authorizationOf(use, use.key));
        return decision.allowed ? { kind: "allowed" } : { kind: "denied", keyArn: use.key, reason: decision.reason };
      },
      arnOf: (key) => key,
      notes: [],
    },
  );
  const s3 = createS3(
    given.buckets ?? [content, plain],
    {
      ...ports,
      authorizer: { decide },
      keys,
      faults: {
        actionAt: (hop) => (hop.startsWith("s3-notification:") ? (given.fault ?? { kind: "none" }) : { kind: "none" }),
      },
      invoker: {
        invoke: async () => ({ kind: "not-found" }),
        invokeLater: async (arn, payload, by) => {
          sent.push({ arn, event: JSON.parse(payload), by });
          return "queued";
        },
      },
    },
    { region: "eu-central-1", accountId: "123456789012", ...given.options },
  );
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    const context = {
      principal: given.principal === "nobody" ? undefined : (given.principal ?? admin),
      secureTransport: true,
      requestId: `request ${++requests}`,
    };
    void s3.service
      .handle(
        { method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers, body: incoming },
        context,
      )
      .then((answer) => {
        outgoing.writeHead(answer.status, answer.headers);
        outgoing.end(answer.body);
      });
  });
  const { port, close } = await listen(server);
  const client = new S3Client({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "A", secretAccessKey: "S" },
    maxAttempts: 1,
  });
  open.push(async () => {
    client.destroy();
    await s3.close();
    await close();
  });
  return { client, s3, asked, sent, ports, port };
}

export const inContent = { Bucket: content.name };
export const inPlain = { Bucket: plain.name };
export const bodyOf = async (
  client: S3Client,
  input: { Bucket: string; Key: string; VersionId?: string; Range?: string },
) => (await client.send(new GetObjectCommand(input))).Body?.transformToString();

/** The content bucket with one notification to the function. */
export function notifying(changed: Partial<BucketConfig["notifications"][number]>): BucketConfig {
  return {
    ...content,
    notifications: [
      {
        id: "created",
        destination: { kind: "function", arn: functionArn },
        events: ["s3:ObjectCreated:*"],
        filterPrefix: "",
        filterSuffix: "",
        ...changed,
      },
    ],
  };
}
