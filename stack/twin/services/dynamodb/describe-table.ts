import { z } from "zod";
import { Timestamp } from "../../model/values.ts";
import type { Resource } from "../../state/twin-state.ts";
import { ok } from "../answer.ts";
import { tagList } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { type DynamoDbParts, findTable } from "./dynamodb-parts.ts";
import { tableArnOf, tableNameOf } from "./table-names.ts";

const named = z.object({ TableName: z.string().min(1) });
type Named = z.infer<typeof named>;
type Table = Resource<"tables">;

/** What dynalite says of the table (keys, indexes, counts), and from the state what dynalite lacks. */
export function describeTable(parts: DynamoDbParts): Operation {
  return operation({
    ...reading(parts, "dynamodb:DescribeTable"),
    async run({ TableName }) {
      const table = findTable(parts, TableName);
      if ("code" in table) return table;
      const described = await parts.items.run("DescribeTable", { TableName: tableNameOf(TableName) });
      if (described.kind === "error") return described;
      const Table = z.record(z.string(), z.unknown()).parse(described.output["Table"]);
      return ok({ Table: { ...Table, ...fromState(table) } });
    },
  });
}

function fromState(table: Table) {
  const encryption = table.server_side_encryption;
  const stream = { StreamEnabled: true, StreamViewType: table.stream_view_type };
  return {
    TableArn: table.arn,
    TableClassSummary: { TableClass: table.table_class },
    DeletionProtectionEnabled: table.deletion_protection_enabled,
    ...(encryption?.enabled === true && {
      SSEDescription: { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: encryption.kms_key_arn },
    }),
    ...(table.stream_enabled && { StreamSpecification: stream, LatestStreamArn: table.stream_arn }),
  };
}

/** Recovery to a point in time: on or off as the state says. */
export function describeContinuousBackups(parts: DynamoDbParts, bootedAtMs: number): Operation {
  return operation({
    ...reading(parts, "dynamodb:DescribeContinuousBackups"),
    run({ TableName }) {
      const table = findTable(parts, TableName);
      if ("code" in table) return table;
      const recovery = table.point_in_time_recovery;
      const on = {
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: recovery?.recovery_period_in_days ?? 35,
        EarliestRestorableDateTime: new Timestamp(bootedAtMs),
        LatestRestorableDateTime: new Timestamp(parts.clock.nowMs()),
      };
      const off = { PointInTimeRecoveryStatus: "DISABLED" };
      const PointInTimeRecoveryDescription = recovery?.enabled === true ? on : off;
      return ok({
        ContinuousBackupsDescription: { ContinuousBackupsStatus: "ENABLED", PointInTimeRecoveryDescription },
      });
    },
  });
}

export function describeTimeToLive(parts: DynamoDbParts): Operation {
  return operation({
    ...reading(parts, "dynamodb:DescribeTimeToLive"),
    run({ TableName }) {
      const table = findTable(parts, TableName);
      if ("code" in table) return table;
      const AttributeName = table.ttl?.enabled === true ? table.ttl.attribute_name : undefined;
      const TimeToLiveStatus = AttributeName === undefined ? "DISABLED" : "ENABLED";
      return ok({ TimeToLiveDescription: { TimeToLiveStatus, AttributeName } });
    },
  });
}

export function listTagsOfResource(parts: DynamoDbParts): Operation {
  return operation({
    input: z.object({ ResourceArn: z.string().min(1) }),
    access: ({ ResourceArn }) => [{ action: "dynamodb:ListTagsOfResource", resourceArn: ResourceArn }],
    run({ ResourceArn }) {
      const table = findTable(parts, ResourceArn);
      if ("code" in table) return table;
      return ok({ Tags: tagList(table.tags_all) });
    },
  });
}

export function listTables(parts: DynamoDbParts): Operation {
  return operation({
    input: z.looseObject({}),
    access: () => [{ action: "dynamodb:ListTables", resourceArn: "*" }],
    run: (call) => parts.items.run("ListTables", { ...call }),
  });
}

function reading(parts: DynamoDbParts, action: string) {
  return {
    input: named,
    access: ({ TableName }: Named) => [{ action, resourceArn: tableArnOf(parts.home, TableName) }],
  };
}
