import { mayAssumeRole } from "../authorization/may-assume-role.ts";
import type { Authorizer, Clock, ObjectWriter } from "../model/ports.ts";
import { reachesEndpoints } from "../network/reachability.ts";
import type { TwinState } from "../state/twin-state.ts";
import { type ProofUpload, proofUploads } from "./proof-upload.ts";

interface InstancePorts {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly objects: ObjectWriter;
}

/** What came of an instance's upload, for the status page; on the instance itself its console output would say it. */
export interface UploadOutcome {
  readonly instanceId: string;
  readonly object: string;
  readonly outcome: string;
}

/**
 * Plays the start script of every instance that proves its way to a bucket: it puts its object with the role of its
 * profile, through the same policies and keys as every other caller, where the network lets it.
 */
export async function playInstances(state: TwinState, ports: InstancePorts): Promise<UploadOutcome[]> {
  return Promise.all(
    proofUploads(state).map(async (upload) => ({
      instanceId: upload.instance.id,
      object: `s3://${upload.bucket}/${upload.key}`,
      outcome: await put(state, upload, ports),
    })),
  );
}

async function put(
  state: TwinState,
  upload: ProofUpload,
  { clock, authorizer, objects }: InstancePorts,
): Promise<string> {
  const { instance, roleArn, bucket, key, kmsKeyId } = upload;
  const way = reachesEndpoints(state, instance);
  if (way.kind === "unreachable") return `not put: ${way.reason}`;
  const assumed = mayAssumeRole(authorizer, roleArn, "ec2.amazonaws.com");
  if (!assumed.allowed) return `not put: EC2 may not assume ${roleArn} ${assumed.reason}`;
  const body = `${JSON.stringify({ id: instance.id, writtenAt: new Date(clock.nowMs()).toISOString() })}\n`;
  const writer = { kind: "role", roleArn, sessionName: instance.id } as const;
  const outcome = await objects.putObject({ bucket, key, body, contentType: "application/json", kmsKeyId }, writer);
  return outcome.kind === "stored" ? "put" : `not put: ${outcome.code}: ${outcome.message}`;
}
