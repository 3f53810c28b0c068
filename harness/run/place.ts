import type { Target } from "../model/fact.ts";
import { type Place, partitionOf } from "../model/settings/place.ts";

/** Where a target's resources are, as their ARNs say it (docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
export function placeOf({ accountId, region }: Pick<Target, "accountId" | "region">): Place {
  return { partition: partitionOf(region), accountId, region };
}
