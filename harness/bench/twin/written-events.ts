import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import type { Clients } from "../../deployment/clients.ts";

/** Wider than a bench: one datapoint for each minute since the twin's boot. */
const WINDOW_MS = 30 * 60_000;

/**
 * Events that have come to the table, by the write units that they took: an event of less than 1 KB takes one each time it is
 * written, and asking costs the twin next to nothing, where a scan would compete with what is measured.
 */
export async function countWritten(clients: Clients, tableName: string): Promise<number> {
  const cloudwatch = await clients.cloudwatch();
  const answer = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - WINDOW_MS),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: [
        {
          Id: "written",
          MetricStat: {
            Metric: {
              Namespace: "AWS/DynamoDB",
              MetricName: "ConsumedWriteCapacityUnits",
              Dimensions: [{ Name: "TableName", Value: tableName }],
            },
            Period: 60,
            Stat: "Sum",
          },
        },
      ],
    }),
  );
  return (answer.MetricDataResults?.[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
}
