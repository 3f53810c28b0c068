import type { TwinState } from "../../state/twin-state.ts";

/** Tags as EC2 lists them. */
export function tagSet(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** The ARN of something of EC2's in this account. */
export function ec2Arn({ partition, region, accountId }: TwinState, kind: string, id: string): string {
  return `arn:${partition}:ec2:${region}:${accountId}:${kind}/${id}`;
}
