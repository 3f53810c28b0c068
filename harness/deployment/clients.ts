import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
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
export type Clients = ReturnType<typeof createClients>;

/** An endpoint that takes connections and says nothing must not hold a run up. */
const CONNECTION_MS = 3_000;
const REQUEST_MS = 10_000;
const MAX_SOCKETS = 64;

/** Asking who one is comes before anything that waits, so it is the one call that the SDK may repeat by itself. */
const IDENTITY_ATTEMPTS = 3;

/**
 * Clients that try each call once: whether and how long to retry is decided in one place, by the code that waits.
 * All of them, Kinesis included, speak HTTP/1.1 with kept-alive connections: over HTTP/2 Kinesis does about half the calls a second.
 *
 * @throws CannotRun `ca-file.not-readable`
 */
export function createClients(options: ClientOptions) {
  const { region, endpoint, credentials } = options;
  const handlers = createHandlers(options);
  const configOf = (service: string) => ({
    region,
    requestHandler: handlers.of(service),
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const client = <T>(service: string, make: (config: ReturnType<typeof configOf>) => Promise<T>) =>
    once(() => make(configOf(service)));
  // Virtual-hosted addressing puts the bucket's name before the host, which an endpoint that is an IP address cannot have.
  const forcePathStyle = endpoint !== undefined || hasEndpointInEnvironment(process.env);

  return {
    region,
    kinesis: client("kinesis", async (config) => new (await import("@aws-sdk/client-kinesis")).KinesisClient(config)),
    dynamodb: client(
      "dynamodb",
      async (config) => new (await import("@aws-sdk/client-dynamodb")).DynamoDBClient(config),
    ),
    cloudwatch: client(
      "cloudwatch",
      async (config) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatchClient(config),
    ),
    cloudwatchLogs: client(
      "logs",
      async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config),
    ),
    s3: client(
      "s3",
      async (config) => new (await import("@aws-sdk/client-s3")).S3Client({ ...config, forcePathStyle }),
    ),
    sts: client(
      "sts",
      async (config) =>
        new (await import("@aws-sdk/client-sts")).STSClient({ ...config, maxAttempts: IDENTITY_ATTEMPTS }),
    ),
    lambda: client("lambda", async (config) => new (await import("@aws-sdk/client-lambda")).LambdaClient(config)),
    iam: client("iam", async (config) => new (await import("@aws-sdk/client-iam")).IAMClient(config)),
    kms: client("kms", async (config) => new (await import("@aws-sdk/client-kms")).KMSClient(config)),
    elbv2: client(
      "elasticloadbalancing",
      async (config) =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2Client(config),
    ),
    ec2: client("ec2", async (config) => new (await import("@aws-sdk/client-ec2")).EC2Client(config)),
    apiGateway: client(
      "apigateway",
      async (config) => new (await import("@aws-sdk/client-api-gateway")).APIGatewayClient(config),
    ),
    applicationAutoScaling: client(
      "application-autoscaling",
      async (config) =>
        new (await import("@aws-sdk/client-application-auto-scaling")).ApplicationAutoScalingClient(config),
    ),
    /** Ends all connections. */
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
