import { DescribeTargetGroupsCommand, DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { needsOn } from "../../../model/settings/need.ts";
import { targetOf } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required, together } from "../unread.ts";

const DESCRIBE = "elasticloadbalancing:DescribeTargetGroups";
const HEALTH = "elasticloadbalancing:DescribeTargetHealth";
const ABSENT = ["TargetGroupNotFoundException", "TargetGroupNotFound"];

export const targetGroupReader: Reader<"target-group"> = {
  kind: "target-group",
  namedBy: ({ targetGroup }) => [targetGroup],
  isLinked: true,

  /** ELB's Describe actions do not support resource-level permissions. */
  needs: () => needsOn([DESCRIBE, HEALTH], ["*"]),

  async read(arn, { clients, askIfAny }) {
    const elb = await clients.elbv2();
    const [described, health] = await together([
      askIfAny(DESCRIBE, ABSENT, (options) =>
        elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }), options),
      ),
      askIfAny(HEALTH, ABSENT, (options) =>
        elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }), options),
      ),
    ]);
    if (described === undefined || health === undefined) return undefined;
    const group = required(described.TargetGroups?.[0], "TargetGroups", DESCRIBE);
    return {
      kind: "target-group",
      arn,
      targetType: required(group.TargetType, "TargetType", DESCRIBE),
      loadBalancerArns: group.LoadBalancerArns ?? [],
      targets: required(health.TargetHealthDescriptions, "TargetHealthDescriptions", HEALTH).map(
        ({ Target, TargetHealth }) => ({
          id: required(Target?.Id, "Target.Id", HEALTH),
          health: TargetHealth?.State ?? "",
          reason: TargetHealth?.Reason ?? "",
        }),
      ),
    };
  },

  links: ({ targetType, targets }, place) =>
    targetType === "lambda" ? targets.map(({ id }) => targetOf("function", id, place)) : [],
};
