/**
 * The parts that resources play in a pipeline, for the checks. A pipelines file names what its stack has; a part that it lacks
 * turns off, visibly, the checks that need it.
 */
export interface Roles {
  /** ARN. */
  readonly loadBalancer?: string | undefined;
  /** ARN of the target group that the events go to. */
  readonly targetGroup?: string | undefined;
  readonly vpc?: string | undefined;
  /** Bucket for the load balancer's access logs. */
  readonly logsBucket?: string | undefined;
  /** Function that answers at the entry: behind the load balancer, the API or the bucket. */
  readonly entryFunction?: string | undefined;
  /** Stream that the entry function writes to. */
  readonly stream?: string | undefined;
  /** Function that reads the stream. */
  readonly consumerFunction?: string | undefined;
  /** Table that is the sink. */
  readonly table?: string | undefined;
  /** IAM actions that the writing function uses on the table, separated by spaces: `dynamodb:UpdateItem`. */
  readonly tableActions?: string | undefined;
  readonly bucket?: string | undefined;
  readonly api?: string | undefined;
  readonly apiStage?: string | undefined;
  /** Method and path of the API that take events: `POST /process`. */
  readonly apiRoute?: string | undefined;
  /** EC2 instance that proves its way to the bucket by an object. */
  readonly proofInstance?: string | undefined;
  readonly proofObjectKey?: string | undefined;
  /** The customer-managed key of the stack. Other keys of the account serve as well: a stack may have several. */
  readonly key?: string | undefined;
  /** Log groups of services other than functions: API access logs, flow logs. */
  readonly accessLogGroup?: string | undefined;
  readonly flowLogGroup?: string | undefined;
}

export type RoleName = keyof Roles;

/** A function's name, from its name or its ARN, qualified or not. */
export function functionNameOf(nameOrArn: string): string {
  return /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
