import { parseArn } from "./arn.ts";
import type { RawResource } from "./state-file.ts";

/** The account and region that a state belongs to. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/**
 * Account and region by majority of the resources' own ARNs: a stack may hold a certificate in another region or name
 * another account's key, but most of it lives in one place.
 */
export function homeOf(resources: readonly RawResource[]): Home | undefined {
  const accounts = new Map<string, number>();
  const regions = new Map<string, number>();
  const partitions = new Map<string, number>();
  for (const { values } of resources) {
    const arn = typeof values["arn"] === "string" ? parseArn(values["arn"]) : undefined;
    if (arn === undefined) continue;
    count(partitions, arn.partition);
    if (/^\d{12}$/.test(arn.accountId)) count(accounts, arn.accountId);
    if (arn.region !== "") count(regions, arn.region);
  }
  const accountId = mostFrequent(accounts);
  const region = mostFrequent(regions);
  if (accountId === undefined || region === undefined) return undefined;
  return { accountId, region, partition: mostFrequent(partitions) ?? "aws" };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [key, times] of counts) {
    if (times > most) {
      best = key;
      most = times;
    }
  }
  return best;
}
