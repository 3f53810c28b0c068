import { inlinePoliciesOf } from "../state/kept-apart.ts";
import type { Resource, TwinState } from "../state/twin-state.ts";

/** The object that an instance's start script puts, as far as the state tells: it keeps only a hash of the script. */
export interface ProofUpload {
  readonly instance: Resource<"instances">;
  readonly roleArn: string;
  readonly bucket: string;
  readonly key: string;
  /** The key that the script asks for; without it the bucket's default counts. */
  readonly kmsKeyId: string | undefined;
}

/**
 * What the instances of the state put. The outputs say which object it is (`proof_object_key`, `content_bucket_name`,
 * `kms_key_arn`, and with several instances `proof_instance_id`); a stack without them is asked for the objects that
 * the instance's role may put and that its policies name in full.
 */
export function proofUploads(state: TwinState): ProofUpload[] {
  const withRole = state.instances.flatMap((instance) => {
    const role = roleOf(state, instance);
    return role === undefined ? [] : [{ instance, role }];
  });
  return withRole.flatMap(({ instance, role }) => {
    const objects = isProofInstance(state, instance, withRole.length) ? fromOutputs(state) : undefined;
    return (objects ?? fromPolicies(state, role)).map((object) => ({
      instance,
      roleArn: role.arn,
      ...object,
      kmsKeyId: state.outputs["kms_key_arn"],
    }));
  });
}

interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** The role behind the instance's profile, which the instance names by its name (or, in some states, its ARN). */
function roleOf(
  state: TwinState,
  { iam_instance_profile: named }: Resource<"instances">,
): Resource<"roles"> | undefined {
  const profile = state.instanceProfiles.find(({ name, arn }) => name === named || arn === named);
  return state.roles.find(({ name, arn }) => name === profile?.role || arn === profile?.role);
}

function isProofInstance({ outputs }: TwinState, { id }: Resource<"instances">, candidates: number): boolean {
  const named = outputs["proof_instance_id"];
  return named === undefined ? candidates === 1 : named === id;
}

function fromOutputs({ outputs }: TwinState): ObjectName[] | undefined {
  const { proof_object_key: key, content_bucket_name: bucket } = outputs;
  return key === undefined || bucket === undefined ? undefined : [{ bucket, key }];
}

/** Only objects of the state's own buckets, and only where no wildcard leaves the name open. */
function fromPolicies(state: TwinState, role: Resource<"roles">): ObjectName[] {
  const names = new Map<string, ObjectName>();
  for (const { document } of inlinePoliciesOf(state, role)) {
    for (const [arn = "", bucket = "", key = ""] of document.matchAll(/"arn:[a-z-]+:s3:::([^/"*?$]+)\/([^"*?$]+)"/g)) {
      if (state.buckets.some((each) => each.bucket === bucket)) names.set(arn, { bucket, key });
    }
  }
  return [...names.values()];
}
