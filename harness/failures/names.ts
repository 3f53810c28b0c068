import { output } from "../testing/state.ts";

/** What the reference stack is called, from the snapshot's own outputs. */
export const ACCOUNT = output("account_id");
export const REGION = output("region");
export const STACK = output("stack_name");
export const OTHER_ACCOUNT = "210987654321";

export const ROLE = {
  ingest: `${STACK}-${REGION}-ingest`,
  processor: `${STACK}-${REGION}-processor`,
  content: `${STACK}-${REGION}-content`,
  apiLogs: `${STACK}-${REGION}-api-logs`,
  flowLogs: `${STACK}-${REGION}-flow-logs`,
  proofInstance: `${STACK}-${REGION}-proof-instance`,
} as const;

export const KEY_ARN = output("kms_key_arn");
export const OTHER_KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-1111-2222-3333-444444444444`;

export function roleArn(name: string, account = ACCOUNT): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export const ROOT_ARN = `arn:aws:iam::${ACCOUNT}:root`;

/** What administrators of a key need, as hardened accounts narrow the root's statement to it. */
export const KEY_ADMINISTRATION = [
  "kms:Create*",
  "kms:Describe*",
  "kms:Enable*",
  "kms:List*",
  "kms:Put*",
  "kms:Update*",
  "kms:Revoke*",
  "kms:Disable*",
  "kms:Get*",
  "kms:Delete*",
  "kms:ScheduleKeyDeletion",
  "kms:CancelKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
];
