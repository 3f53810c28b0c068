import { DescribeLogGroupsCommand, type LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupSetting } from "../../../model/settings/data-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { targetIfAny } from "../../../model/settings/subject.ts";
import { allPages } from "../pages.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const DESCRIBE = "logs:DescribeLogGroups";

export const logGroupReader: Reader<"log-group"> = {
  kind: "log-group",
  namedBy: ({ accessLogGroup, flowLogGroup }) => [accessLogGroup, flowLogGroup],
  isLinked: true,

  /** Listing is permitted on all groups or none. */
  needs: (_, place) => needsOn([DESCRIBE], [arnOf("logs", "log-group:*", place)]),

  /** There is no call for one group: lists those whose name starts with it, and takes the one with exactly this name. */
  async read(name, { clients, ask }) {
    const logs = await clients.cloudwatchLogs();
    const groups = await allPages(DESCRIBE, async (nextToken) => {
      const page = await ask(DESCRIBE, (options) =>
        logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }), options),
      );
      return { items: required(page.logGroups, "logGroups", DESCRIBE), next: page.nextToken };
    });
    const group = groups.find(({ logGroupName }) => required(logGroupName, "logGroupName", DESCRIBE) === name);
    return group === undefined ? undefined : toLogGroup(name, group);
  },

  links: ({ keyArn }, place) => targetIfAny("key", keyArn, place),
};

function toLogGroup(name: string, { arn, kmsKeyId, retentionInDays }: LogGroup): LogGroupSetting {
  return {
    kind: "log-group",
    name,
    arn: required(arn, "arn", DESCRIBE).replace(/:\*$/, ""),
    keyArn: kmsKeyId ?? "",
    retentionDays: retentionInDays ?? null,
  };
}
