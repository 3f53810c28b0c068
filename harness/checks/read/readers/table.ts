import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import type { TableSetting } from "../../../model/settings/data-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOfNamed } from "../../../model/settings/place.ts";
import { type Target, targetIfAny, targetOf } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required, together } from "../unread.ts";

const DESCRIBE = "dynamodb:DescribeTable";
const BACKUPS = "dynamodb:DescribeContinuousBackups";

export const tableReader: Reader<"table"> = {
  kind: "table",
  namedBy: ({ table }) => [table],
  isLinked: true,

  needs: (name, place) => needsOn([DESCRIBE, BACKUPS], [arnOfNamed("dynamodb", "table/", name, place)]),

  async read(name, { clients, askIfAny }) {
    const dynamodb = await clients.dynamodb();
    const [described, backups] = await together([
      askIfAny(DESCRIBE, ["ResourceNotFoundException"], (options) =>
        dynamodb.send(new DescribeTableCommand({ TableName: name }), options),
      ),
      askIfAny(BACKUPS, ["TableNotFoundException", "ResourceNotFoundException"], (options) =>
        dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: name }), options),
      ),
    ]);
    if (described === undefined || backups === undefined) return undefined;
    const recovery = required(backups.ContinuousBackupsDescription, "ContinuousBackupsDescription", BACKUPS);
    return {
      ...toTable(required(described.Table, "Table", DESCRIBE)),
      pointInTimeRecovery: recovery.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === "ENABLED",
    };
  },

  links: ({ arn, keyArn }, place) => {
    const scaling: Target = targetOf("scaling", arn, place);
    return [scaling, ...targetIfAny("key", keyArn, place)];
  },
};

function toTable(table: TableDescription): Omit<TableSetting, "pointInTimeRecovery"> {
  const types = new Map((table.AttributeDefinitions ?? []).map((a) => [a.AttributeName, a.AttributeType]));
  return {
    kind: "table",
    name: required(table.TableName, "TableName", DESCRIBE),
    arn: required(table.TableArn, "TableArn", DESCRIBE),
    status: required(table.TableStatus, "TableStatus", DESCRIBE),
    // A table that was never on demand has no summary.
    billingMode: table.BillingModeSummary?.BillingMode ?? "PROVISIONED",
    readCapacity: table.ProvisionedThroughput?.ReadCapacityUnits ?? 0,
    writeCapacity: table.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
    keySchema: required(table.KeySchema, "KeySchema", DESCRIBE).map(({ AttributeName, KeyType }) => ({
      attribute: required(AttributeName, "KeySchema.AttributeName", DESCRIBE),
      keyType: required(KeyType, "KeySchema.KeyType", DESCRIBE),
      attributeType: types.get(AttributeName) ?? "",
    })),
    keyArn: isEncrypted(table) ? (table.SSEDescription?.KMSMasterKeyArn ?? "") : "",
  };
}

function isEncrypted({ SSEDescription }: TableDescription): boolean {
  return SSEDescription?.Status === "ENABLED" || SSEDescription?.Status === "UPDATING";
}
