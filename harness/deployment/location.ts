import { UNKNOWN_ACCOUNT } from "../model/settings/place.ts";
import { textsIn } from "../model/texts-in.ts";
import type { Outputs } from "./outputs.ts";

/** Region and account by what Terraform holds; `region` is undefined where nothing says it. */
interface Location {
  readonly region: string | undefined;
  /** `unknown` where nothing says it: a run then asks whose its credentials are. */
  readonly accountId: string;
}

/**
 * Where a stack is: by its outputs named `region` and `account_id`, else by the region and the account that most ARNs of the state and
 * the outputs have. A stack may name resources of others (a certificate in us-east-1, a role of a shared account): those are the few.
 */
export function locate(outputs: Outputs, state: unknown): Location {
  const regions = new Map<string, number>();
  const accounts = new Map<string, number>();
  for (const text of textsIn([[...outputs.values()], state])) {
    const [, region = "", account = ""] = ARN.exec(text) ?? [];
    if (REGION.test(region)) regions.set(region, (regions.get(region) ?? 0) + 1);
    if (ACCOUNT.test(account)) accounts.set(account, (accounts.get(account) ?? 0) + 1);
  }
  return {
    region: textOutput(outputs, "region") ?? mostFrequent(regions),
    accountId: textOutput(outputs, "account_id") ?? mostFrequent(accounts) ?? UNKNOWN_ACCOUNT,
  };
}

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: region and account are empty where a resource has none. */
const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:([^:\s]*):([^:\s]*):\S+$/;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const ACCOUNT = /^\d{12}$/;

function textOutput(outputs: Outputs, name: string): string | undefined {
  const value = outputs.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Of several, the first in the alphabet: the answer must not depend on the order of a file. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  const [most] = [...counts].sort(([one, times], [other, others]) => others - times || (one < other ? -1 : 1));
  return most?.[0];
}
