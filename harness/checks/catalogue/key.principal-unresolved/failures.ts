import { hardened, verifierMay } from "../../../failures/hardened-key.ts";
import type { Failures } from "../../../failures/variant.ts";
import { OTHER_ACCOUNT, ROLE, roleArn } from "../../../testing/names.ts";
import { both, keyPolicy, setting } from "../../../testing/policies.ts";

const to = (sid: string, principal: string) => setting(sid, { Principal: { AWS: principal } });

export const failures: Failures = {
  variants: [
    {
      way: "the account's statement names an interpolation that was never filled in",
      changes: [
        keyPolicy(
          both(
            verifierMay,
            to("AccountAdministersKey", `arn:aws:iam::\${data.aws_caller_identity.current.account_id}:root`),
          ),
        ),
      ],
      cause: "interpolation that was never filled in",
      // Nobody was left to let Lambda make its grant for the function's variables, and the producer may not decrypt them itself.
      stops: ["entry.failing at alb-to-table / entry"],
    },
    {
      way: "the producer's statement names no account, and nothing is left to the account",
      changes: [keyPolicy(both(hardened, to("Producer", `arn:aws:iam:::role/${ROLE.ingest}`)))],
      only: "alb-*",
      cause: "names no account",
      stops: ["entry.failing at alb-to-table / entry"],
    },
    {
      way: "the consumer's statement names another account, and nothing is left to the account",
      changes: [keyPolicy(both(hardened, to("Consumer", roleArn(ROLE.processor, OTHER_ACCOUNT))))],
      only: "alb-*",
      cause: `names account ${OTHER_ACCOUNT}`,
      stops: ["event.lost at alb-to-table / processor log"],
    },
    {
      way: "the producer's statement names a role that was deleted",
      changes: [keyPolicy(to("Producer", "AROA4ZXCVBNMASDFGHJK1"))],
      only: "alb-*",
      cause: "deleted",
    },
    {
      way: "a statement names a role that does not exist",
      changes: [keyPolicy(to("ProofInstance", roleArn("a-role-of-long-ago")))],
      cause: "does not exist",
    },
    {
      way: "the account's statement names another account's root",
      changes: [keyPolicy(both(verifierMay, to("AccountAdministersKey", `arn:aws:iam::${OTHER_ACCOUNT}:root`)))],
      only: "alb-*",
      cause: `names account ${OTHER_ACCOUNT}`,
      stops: ["entry.failing at alb-to-table / entry"],
    },
    {
      way: "the account's statement is empty, and nobody but the roles can see the key",
      changes: [keyPolicy(to("AccountAdministersKey", "arn:aws:iam:::root"))],
      only: "alb-*",
      cause: "names no account",
      stops: ["entry.failing at alb-to-table / entry"],
      leavesUnknown: true,
    },
  ],
};
