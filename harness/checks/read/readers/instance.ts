import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import { needsOn } from "../../../model/settings/need.ts";
import { type Target, targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "ec2:DescribeInstances";
const PROFILE = "iam:GetInstanceProfile";

export const instanceReader: Reader<"instance"> = {
  kind: "instance",
  namedBy: ({ proofInstance }) => [proofInstance],
  isLinked: false,

  needs: (_, { partition, accountId }) => [
    ...needsOn([DESCRIBE], ["*"]),
    ...needsOn([PROFILE], [`arn:${partition}:iam::${accountId}:instance-profile/*`]),
  ],

  async read(id, tools) {
    const ec2 = await tools.clients.ec2();
    const absent = ["InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed"];
    const answer = await tools.askIfAny(DESCRIBE, absent, (options) =>
      ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }), options),
    );
    if (answer === undefined) return undefined;
    const instance = required(answer.Reservations?.[0]?.Instances?.[0], "Instances", DESCRIBE);
    const profileArn = instance.IamInstanceProfile?.Arn;
    return {
      kind: "instance",
      id,
      state: required(instance.State?.Name, "State.Name", DESCRIBE),
      // A terminated instance has left its subnet.
      subnetId: instance.SubnetId ?? "",
      securityGroupIds: (instance.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      publicIpAddress: instance.PublicIpAddress ?? "",
      roleArn: profileArn === undefined ? "" : await readRoleArn(profileArn, tools),
    };
  },

  links: ({ roleArn, subnetId, securityGroupIds }, place): Target[] => [
    ...targetIfAny("role", roleArn, place),
    ...targetIfAny("subnet", subnetId, place),
    ...securityGroupIds.map((id) => targetOf("security-group", id, place)),
  ],
};

/** A profile holds one role or none. */
async function readRoleArn(profileArn: string, { clients, askIfAny }: ReadTools): Promise<string> {
  const iam = await clients.iam();
  const InstanceProfileName = profileArn.slice(profileArn.lastIndexOf("/") + 1);
  const answer = await askIfAny(PROFILE, ["NoSuchEntityException", "NoSuchEntity"], (options) =>
    iam.send(new GetInstanceProfileCommand({ InstanceProfileName }), options),
  );
  if (answer === undefined) return "";
  const profile = required(answer.InstanceProfile, "InstanceProfile", PROFILE);
  return required(profile.Roles, "InstanceProfile.Roles", PROFILE)[0]?.Arn ?? "";
}
