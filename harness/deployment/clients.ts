import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CannotRun } from "../model/errors.ts";
import { type CallMeter, MeteredHandler } from "./call-meter.ts";

export interface ClientOptions {
  readonly region: string;
  /** Where all services are, instead of AWS; without it the SDK's own rules hold (`AWS_ENDPOINT_URL`, profile). */
  readonly endpoint?: string | undefined;
  /** Without them the SDK's own chain looks for some (environment, profile, container, instance). */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
  /** PEM file of certificates to trust, instead of those that Node trusts. */
  readonly caFile?: string | undefined;
  /** Sees every call before it is made. */
  readonly meter?: CallMeter | undefined;
}

/** SDK clients, each loaded and made when first asked for, that share their connections. */
export interface Clients {
  readonly region: string;
  kinesis(): Promise<KinesisClient>;
  dynamodb(): Promise<DynamoDBClient>;
  cloudwatch(): Promise<CloudWatchClient>;
  cloudwatchLogs(): Promise<CloudWatchLogsClient>;
  s3(): Promise<S3Client>;
  sts(): Promise<STSClient>;
  lambda(): Promise<LambdaClient>;
  iam(): Promise<IAMClient>;
  kms(): Promise<KMSClient>;
  elbv2(): Promise<ElasticLoadBalancingV2Client>;
  ec2(): Promise<EC2Client>;
  apiGateway(): Promise<APIGatewayClient>;
  applicationAutoScaling(): Promise<ApplicationAutoScalingClient>;
  /** Ends all connections. */
  close(): void;
}

/** An endpoint that takes connections and says nothing must not hold a run up. */
const CONNECTION_MS = 3_000;
const REQUEST_MS = 10_000;
const MAX_SOCKETS = 64;

/** Asking who one is comes before anything that waits, so it is the one call that the SDK may repeat by itself. */
const IDENTITY_ATTEMPTS = 3;

/**
 * Clients that try each call once: whether and how long to try again is decided in one place, by whoever waits.
 * All of them, Kinesis included, speak HTTP/1.1 with kept-alive connections: over HTTP/2 Kinesis does about half the calls a second.
 *
 * @throws CannotRun `ca-file.not-readable`
 */
export function createClients(options: ClientOptions): Clients {
  const { region, endpoint, credentials } = options;
  const handlers = createHandlers(options);
  const configOf = (service: string) => ({
    region,
    requestHandler: handlers.of(service),
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  // Virtual-hosted addressing puts the bucket's name before the host, which an endpoint that is an IP address cannot have.
  const forcePathStyle = endpoint !== undefined || hasEndpointInEnvironment(process.env);

  return {
    region,
    kinesis: once(async () => new (await import("@aws-sdk/client-kinesis")).KinesisClient(configOf("kinesis"))),
    dynamodb: once(async () => new (await import("@aws-sdk/client-dynamodb")).DynamoDBClient(configOf("dynamodb"))),
    cloudwatch: once(
      async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatchClient(configOf("cloudwatch")),
    ),
    cloudwatchLogs: once(
      async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(configOf("logs")),
    ),
    s3: once(async () => new (await import("@aws-sdk/client-s3")).S3Client({ ...configOf("s3"), forcePathStyle })),
    sts: once(
      async () =>
        new (await import("@aws-sdk/client-sts")).STSClient({ ...configOf("sts"), maxAttempts: IDENTITY_ATTEMPTS }),
    ),
    lambda: once(async () => new (await import("@aws-sdk/client-lambda")).LambdaClient(configOf("lambda"))),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAMClient(configOf("iam"))),
    kms: once(async () => new (await import("@aws-sdk/client-kms")).KMSClient(configOf("kms"))),
    elbv2: once(
      async () =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2Client(
          configOf("elasticloadbalancing"),
        ),
    ),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2Client(configOf("ec2"))),
    apiGateway: once(
      async () => new (await import("@aws-sdk/client-api-gateway")).APIGatewayClient(configOf("apigateway")),
    ),
    applicationAutoScaling: once(
      async () =>
        new (await import("@aws-sdk/client-application-auto-scaling")).ApplicationAutoScalingClient(
          configOf("application-autoscaling"),
        ),
    ),
    close: () => handlers.destroy(),
  };
}

function hasEndpointInEnvironment(environment: NodeJS.ProcessEnv): boolean {
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return false;
  return Boolean(environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"]);
}

/** One handler for each service where calls are counted, else one for all; they share their connections either way. */
function createHandlers({ caFile, meter }: ClientOptions) {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const trusted = caFile === undefined ? {} : { ca: readCertificates(caFile) };
  const options = {
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent({ ...agent, ...trusted }),
    connectionTimeout: CONNECTION_MS,
    requestTimeout: REQUEST_MS,
    throwOnRequestTimeout: true,
  };
  const shared = new NodeHttpHandler(options);
  return {
    of: (service: string) => (meter === undefined ? shared : new MeteredHandler(service, options, meter)),
    destroy: () => {
      options.httpAgent.destroy();
      options.httpsAgent.destroy();
    },
  };
}

function readCertificates(caFile: string): string {
  try {
    return readFileSync(caFile, "utf8");
  } catch (error) {
    throw new CannotRun({
      code: "ca-file.not-readable",
      message: `the file of trusted certificates cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      place: caFile,
      remedy: "Name a PEM file that exists and may be read.",
    });
  }
}

/** Makes a thing when it is first asked for, and hands out the same one from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
