import { hardened } from "../../../failures/hardened-key.ts";
import { breaking, type Failures } from "../../../failures/variant.ts";
import { ARNS, ROLE, roleArn } from "../../../testing/names.ts";
import { adding, both, keyPolicy, rolePolicy, trust, without } from "../../../testing/policies.ts";
import { remove, setValues } from "../../../testing/state.ts";

const variant = breaking({
  only: "upload-*",
});

export const failures: Failures = {
  variants: [
    {
      way: "neither the instance's role nor the key's policy allows the key",
      changes: [keyPolicy(without("ProofInstance")), rolePolicy(ROLE.proofInstance, without("UseKey"))],
      cause: "S3 makes a data key",
    },
    variant(
      "the key's policy leaves out the instance, and leaves nothing to the account",
      "S3 makes a data key",
      keyPolicy(both(hardened, without("ProofInstance"))),
    ),
    variant(
      "the key's policy denies the instance",
      "NoMachines",
      keyPolicy(
        adding({
          Sid: "NoMachines",
          Effect: "Deny",
          Principal: { AWS: roleArn(ROLE.proofInstance) },
          Action: "kms:*",
          Resource: "*",
        }),
      ),
    ),
    variant(
      "the instance's role may not put the object",
      "may not put",
      rolePolicy(ROLE.proofInstance, without("WriteProof")),
    ),
    variant(
      "the instance's role is denied the key",
      "S3 makes a data key",
      rolePolicy(ROLE.proofInstance, adding({ Effect: "Deny", Action: "kms:GenerateDataKey", Resource: ARNS.key })),
    ),
    variant(
      "the instance's role trusts Lambda",
      "may not take on",
      trust(ROLE.proofInstance, { Principal: { Service: "lambda.amazonaws.com" } }),
    ),
    variant(
      "the instance has no profile",
      "no instance profile",
      setValues("aws_instance", { iam_instance_profile: "" }),
    ),
    variant("the instance does not exist", "does not exist", remove("aws_instance")),
    variant("the instance never ran", "is not there", setValues("aws_instance", { instance_state: "stopped" })),
  ],
};
