/** Where a deployment is: the part that its ARNs have in common. */
export interface Place {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** The account of a deployment of which neither Terraform nor AWS says in which it is. */
export const UNKNOWN_ACCOUNT = "unknown";

/** Where a target's resources are (docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export function placeOf({ accountId, region }: Omit<Place, "partition">): Place {
  return { partition: partitionOf(region), accountId, region };
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An ARN in the deployment's own account and region. */
export function arnOf(service: string, resource: string, place: Place): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** The ARN of a resource by its name, `*` included, or by its ARN. @param type With what follows it: `stream/`, `function:`. */
export function arnOfNamed(service: string, type: string, reference: string, place: Place): string {
  return reference.startsWith("arn:") ? reference : arnOf(service, type + reference, place);
}
