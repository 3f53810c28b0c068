import { key, keyPolicyOf, noResourcePolicy, table } from "../testing/changes.ts";
import { accountId, otherAccountId, roleArn, root } from "../testing/example-stack.ts";

table("A6: a key policy whose principal is not resolved lets nobody in", (stack) => stack.producerPuts(), [
  [
    "a literal interpolation",
    keyPolicyOf(key({ AWS: `arn:aws:iam::\${data.aws_caller_identity.current.account_id}:root` }, "kms:*")),
    noResourcePolicy,
  ],
  ["an empty account", keyPolicyOf(key({ AWS: "arn:aws:iam:::root" }, "kms:*")), noResourcePolicy],
  ["another account", keyPolicyOf(key({ AWS: `arn:aws:iam::${otherAccountId}:root` }, "kms:*")), noResourcePolicy],
  ["a role that does not exist", keyPolicyOf(key({ AWS: roleArn("nobody") }, "kms:*")), noResourcePolicy],
  [
    "another partition's account",
    keyPolicyOf(key({ AWS: root.replace("arn:aws:", "arn:aws-cn:") }, "kms:*")),
    noResourcePolicy,
  ],
  [
    "a wildcard within a principal",
    keyPolicyOf(key({ AWS: `arn:aws:iam::${accountId}:role/*` }, "kms:*")),
    noResourcePolicy,
  ],
  [
    "but the caller's account, resolved, does",
    keyPolicyOf(key({ AWS: [root, roleArn("nobody")] }, "kms:*")),
    "allowed",
  ],
]);
