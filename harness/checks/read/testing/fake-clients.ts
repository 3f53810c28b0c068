import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import type { ReadClients } from "../reader.ts";

export type Input = Readonly<Record<string, unknown>>;

/** By operation, `GetRole`: what the service answers, or throws. */
export type Answers = Readonly<Record<string, (input: Input) => unknown>>;

interface Command {
  readonly input: object;
}

/** Clients whose `send` answers as told; an operation that nobody told is a mistake of the test. */
export function fakeClients(answers: Answers): { clients: ReadClients; calls: { operation: string; input: Input }[] } {
  const calls: { operation: string; input: Input }[] = [];
  const send = async (command: Command): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, "");
    const input: Input = { ...command.input };
    calls.push({ operation, input });
    const answer = answers[operation];
    if (answer === undefined) throw awsError("NotOfThisTest", 400, `no answer to ${operation}`);
    return answer(input);
  };
  const config = { region: "eu-central-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const faked = <C extends object>(client: C) => {
    const fake = Object.assign(client, { send });
    return async (): Promise<C> => fake;
  };
  const clients: ReadClients = {
    apiGateway: faked(new APIGatewayClient(config)),
    applicationAutoScaling: faked(new ApplicationAutoScalingClient(config)),
    cloudwatchLogs: faked(new CloudWatchLogsClient(config)),
    dynamodb: faked(new DynamoDBClient(config)),
    ec2: faked(new EC2Client(config)),
    elbv2: faked(new ElasticLoadBalancingV2Client(config)),
    iam: faked(new IAMClient(config)),
    kinesis: faked(new KinesisClient(config)),
    kms: faked(new KMSClient(config)),
    lambda: faked(new LambdaClient(config)),
    s3: faked(new S3Client(config)),
  };
  return { clients, calls };
}

/** An error as the SDK throws it for an answer of the service. */
export function awsError(name: string, httpStatusCode: number, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

export const denied = (): never => {
  throw awsError("AccessDeniedException", 403, "is not authorized to perform this");
};

/** Answers with an error by this name. */
export function fails(name: string, httpStatusCode = 400): () => never {
  return () => {
    throw awsError(name, httpStatusCode);
  };
}
