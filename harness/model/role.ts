import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";
import { nameIn } from "./resource-name.ts";

/** Name or ARN of a resource; absent where the stack has none. */
const role = z.string().min(1).optional();

/**
 * The roles that resources have in a pipeline, for the checks. A pipelines file names what its stack has; a role that it lacks
 * turns off, visibly, the checks that need it.
 */
export const rolesSchema = z.object({
  /** ARN. */
  loadBalancer: role,
  /** ARN of the target group that the events go to. */
  targetGroup: role,
  vpc: role,
  /** Bucket for the load balancer's access logs. */
  logsBucket: role,
  /** Function that answers at the entry: behind the load balancer, the API or the bucket. */
  entryFunction: role,
  /** Stream that the entry function writes to. */
  stream: role,
  /** Function that reads the stream. */
  consumerFunction: role,
  /** Table that is the sink. */
  table: role,
  /** IAM actions that the writing function uses on the table, separated by spaces: `dynamodb:UpdateItem`. */
  tableActions: role,
  bucket: role,
  api: role,
  apiStage: role,
  /** Method and path of the API that take events: `POST /process`. */
  apiRoute: role,
  /** EC2 instance that shows by an object that it reaches the bucket. */
  proofInstance: role,
  proofObjectKey: role,
  /** The customer-managed key of the stack. Other keys of the account serve as well: a stack may have several. */
  key: role,
  /** Log groups of services other than functions: API access logs, flow logs. */
  accessLogGroup: role,
  flowLogGroup: role,
});

export type Roles = DeepReadonly<z.infer<typeof rolesSchema>>;
export type RoleName = keyof Roles;

/** Names of the functions that play a part in a pipeline, in the order of an event. */
export function functionsOf({ entryFunction, consumerFunction }: Roles): readonly string[] {
  return [entryFunction, consumerFunction].filter((reference) => reference !== undefined).map(nameIn);
}
