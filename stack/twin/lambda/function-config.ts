/** One Lambda function as Terraform's `aws_lambda_function` describes it, with its package found on this machine. */
export interface FunctionConfig {
  readonly functionName: string;
  readonly arn: string;
  /** For example `index.handler`; absent where the package is a container image. */
  readonly handler: string | undefined;
  /** For example `nodejs20.x`; absent where the package is a container image. */
  readonly runtime: string | undefined;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** The key that encrypts the variables; absent where Lambda's own does. */
  readonly kmsKeyArn?: string | undefined;
  /** The built zip on this machine; only Node.js functions need one. */
  readonly zipPath: string | undefined;
  /** `undefined` is unreserved, 0 switches the function off, as in AWS. */
  readonly reservedConcurrency: number | undefined;
  /** `/aws/lambda/<name>` unless the function's logging configuration names another group. */
  readonly logGroupName: string;
  readonly asynchronous: AsynchronousConfig;
}

/** `aws_lambda_function_event_invoke_config`; AWS' own defaults are 2 attempts and 6 hours. */
interface AsynchronousConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export const DEFAULT_ASYNCHRONOUS_CONFIG: AsynchronousConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
};

export function runsOnNode(config: FunctionConfig): boolean {
  return config.runtime?.startsWith("nodejs") === true;
}
