import type { ObserverClients } from "../observer.ts";

export const METADATA = { $metadata: { httpStatusCode: 200 } };
export const CONFIG = { region: "eu-central-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const notOfThisTest = (): never => {
  throw new Error("an observer asked for a client that its hop does not need");
};
export const NO_CLIENTS: ObserverClients = {
  kinesis: notOfThisTest,
  dynamodb: notOfThisTest,
  cloudwatch: notOfThisTest,
  cloudwatchLogs: notOfThisTest,
  s3: notOfThisTest,
};

/** An error as the SDK throws it for a service's error answer. */
export function serviceError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} for a test`), { name, $metadata: { httpStatusCode: status } });
}
