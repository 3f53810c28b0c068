import { describe, expect, test } from "vitest";
import { createAuthorizer } from "../authorization/index.ts";
import { ManualClock } from "../clock/testing/manual-clock.ts";
import type { ObjectWriter, Principal } from "../model/ports.ts";
import { type Change, changedSnapshot } from "../testing/changed-snapshot.ts";
import { playInstances } from "./play-instances.ts";

/** Plays the instances of the changed snapshot, before a bucket that takes everything. */
async function played(change?: Change) {
  const state = changedSnapshot(change);
  const clock = new ManualClock();
  const put: { bucket: string; key: string; kmsKeyId: string | undefined; body: string; writer: Principal }[] = [];
  const objects: ObjectWriter = {
    async putObject({ bucket, key, kmsKeyId, body }, writer) {
      put.push({ bucket, key, kmsKeyId, body: String(body), writer });
      return { kind: "stored" };
    },
  };
  const authorizer = createAuthorizer(state, { nowMs: () => clock.nowMs() });
  const outcomes = await playInstances(state, { clock, authorizer, objects });
  return { state, put, outcomes: outcomes.map(({ outcome }) => outcome) };
}

describe("the proof instance", () => {
  test("puts the object that the outputs name, with its profile's role and the stack's key", async () => {
    const { state, put, outcomes } = await played();
    const [instance] = state.instances;
    expect(put).toEqual([
      {
        bucket: state.outputs["content_bucket_name"],
        key: state.outputs["proof_object_key"],
        kmsKeyId: state.outputs["kms_key_arn"],
        body: expect.stringContaining(`"id":"${instance?.id}"`),
        writer: { kind: "role", roleArn: expect.stringContaining("proof-instance"), sessionName: instance?.id },
      },
    ]);
    expect(outcomes).toEqual(["put"]);
  });

  test("puts the object that its role's policy names where the outputs are missing", async () => {
    const { put } = await played(({ setOutput }) => setOutput("proof_object_key", undefined));
    expect(put).toMatchObject([{ key: "proof/instance.json" }]);
  });

  test("puts nothing where it has no profile, cannot take its role on, or does not get out", async () => {
    const without = await played(({ set }) => set("aws_instance", { iam_instance_profile: "" }));
    expect([without.put, without.outcomes]).toEqual([[], []]);
    const untrusted = await played(({ all }) => {
      for (const { values } of all("aws_iam_role")) {
        values["assume_role_policy"] = String(values["assume_role_policy"]).replace(
          "ec2.amazonaws.com",
          "ecs.amazonaws.com",
        );
      }
    });
    expect(untrusted.put).toEqual([]);
    expect(untrusted.outcomes).toEqual([expect.stringContaining("EC2 may not assume")]);
    const shutIn = await played(({ remove }) => remove("aws_route.public_internet"));
    expect(shutIn.put).toEqual([]);
    expect(shutIn.outcomes).toEqual([expect.stringContaining("no way out")]);
  });
});
