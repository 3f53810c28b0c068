import { adding, both, type PolicyEdit, setting } from "../testing/policies.ts";
import { ACCOUNT, KEY_ADMINISTRATION } from "./names.ts";

/** Who runs `verify` on a twin. */
const VERIFIER = `arn:aws:iam::${ACCOUNT}:user/stackproof`;

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
