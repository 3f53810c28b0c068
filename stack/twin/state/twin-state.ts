import { z } from "zod";
import { apiGatewayResources } from "./resource-types/api-gateway.ts";
import { AUTOSCALING_RESOURCES } from "./resource-types/autoscaling.ts";
import { DATA_RESOURCES } from "./resource-types/data.ts";
import { IDENTITY_RESOURCES } from "./resource-types/identity.ts";
import { COMPUTE_RESOURCES } from "./resource-types/instance.ts";
import { LAMBDA_RESOURCES } from "./resource-types/lambda.ts";
import { LOAD_BALANCER_RESOURCES } from "./resource-types/load-balancer.ts";
import { NETWORK_RESOURCES } from "./resource-types/network.ts";
import { S3_RESOURCES } from "./resource-types/s3.ts";

/**
 * The resources that the twin gives a behaviour to, by their kinds; attributes have the provider's names. A further type is one
 * entry in the file of its service.
 */
export const RESOURCES = z.object({
  ...apiGatewayResources,
  ...AUTOSCALING_RESOURCES,
  ...DATA_RESOURCES,
  ...IDENTITY_RESOURCES,
  ...COMPUTE_RESOURCES,
  ...LAMBDA_RESOURCES,
  ...LOAD_BALANCER_RESOURCES,
  ...NETWORK_RESOURCES,
  ...S3_RESOURCES,
});

type Read = z.infer<typeof RESOURCES>;

/** One resource of a kind, for example `Resource<"functions">`. */
export type Resource<K extends keyof Read> = Read[K][number];

type Resources = { readonly [K in keyof Read]: readonly Resource<K>[] };

/** What the twin boots from: everything that Terraform's state says about one account and region. */
export interface TwinState extends Resources {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `eu-central-1`. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The ARNs of all resources, known to the twin or not, by their addresses without indexes. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
  /** The outputs that are texts: the twin asks them only for what no resource says. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What was ignored, one sentence each. */
  readonly notes: readonly string[];
}
