import { ACCOUNT_ID } from "../testing/names.ts";
import { adding, both, type PolicyEdit, setting } from "../testing/policies.ts";

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

/** Who runs `verify` on a twin. */
const VERIFIER = `arn:aws:iam::${ACCOUNT_ID}:user/stackproof`;

/** Names the verifier in the key's policy: it reads the key's settings, the stream and the tables. */
export const verifierMay = adding({
  Sid: "Verifier",
  Effect: "Allow",
  Principal: { AWS: VERIFIER },
  Action: [
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:ListGrants",
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:GenerateDataKey*",
  ],
  Resource: "*",
});

/** A key policy as hardened accounts have it: the account may administer the key, and only who is named may use it. */
export const hardened: PolicyEdit = both(setting("AccountAdministersKey", { Action: KEY_ADMINISTRATION }), verifierMay);
