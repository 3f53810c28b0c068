import type { ScalingSetting, TableSetting } from "../../../model/settings/data-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { attempt, CannotTell, existing, judging, passes, settingOf } from "../../judging.ts";
import type { Judged, Rule } from "../../rule.ts";

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html */
const DIMENSIONS = [
  {
    what: "read",
    dimension: "dynamodb:table:ReadCapacityUnits",
    metric: "DynamoDBReadCapacityUtilization",
    otherMetric: "DynamoDBWriteCapacityUtilization",
  },
  {
    what: "write",
    dimension: "dynamodb:table:WriteCapacityUnits",
    metric: "DynamoDBWriteCapacityUtilization",
    otherMetric: "DynamoDBReadCapacityUtilization",
  },
] as const;

/** An on-demand table scales by itself and takes no autoscaling; a provisioned one scales only with it. */
export const tableAutoscalingIneffective: Rule = {
  code: "table.autoscaling-ineffective",
  severity: "advice",
  title: "The table's capacity follows the load",
  breaks:
    "PAY_PER_REQUEST with scaling targets, which then do nothing; or PROVISIONED without a target and a policy for both reads and writes: the table throttles at its fixed capacity.",
  reads: ["table", "scaling"],
  needs: ["table"],
  remedy:
    'Set billing_mode = "PROVISIONED" with read_capacity and write_capacity, and for each an aws_appautoscaling_target and an aws_appautoscaling_policy; or billing_mode = "PAY_PER_REQUEST" and none of them.',

  judge(account, context) {
    const reference = context.roles.table ?? "";
    const name = subjectOf("table", reference, context);
    const subject = `table ${name}`;
    return judging(subject, () => {
      const table = existing(account, "table", name);
      const scaling = attempt(
        () => settingOf(account, "scaling", reference, `the autoscaling of ${subject}`) ?? NO_SCALING,
      );
      if (table.billingMode === "PAY_PER_REQUEST") return judgeOnDemand(subject, table, scaling);
      if (scaling instanceof CannotTell) throw scaling;
      return judgeProvisioned(subject, table, scaling);
    });
  },
};

type Scaling = Pick<ScalingSetting, "targets" | "policies">;
const NO_SCALING: Scaling = { targets: [], policies: [] };

/**
 * The table's capacity follows the load whatever is registered for it, so scaling that could not be read changes nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
function judgeOnDemand(subject: string, table: TableSetting, scaling: Scaling | CannotTell): Judged {
  const onDemand = "billing mode PAY_PER_REQUEST";
  const holds = `The ${subject} scales by itself: it is on demand.`;
  if (scaling instanceof CannotTell) return passes(holds, [onDemand, scaling.result.statement]);
  const { targets, policies } = scaling;
  const evidence = [onDemand, ...targets.map(describeTarget)];
  if (targets.length + policies.length === 0) return passes(holds, evidence);
  return {
    verdict: "fail",
    statement: `The ${subject} is on demand, and has scaling targets that do nothing.`,
    evidence,
    cause: `Application Auto Scaling works on provisioned capacity only, and ${table.name} is PAY_PER_REQUEST: its ${targets.length} scaling targets and ${policies.length} policies never act, so the limits that they set do not hold.`,
    remedy: {
      text: `On the aws_dynamodb_table named ${table.name} set billing_mode = "PROVISIONED" with read_capacity and write_capacity; or remove the aws_appautoscaling_target and aws_appautoscaling_policy with resource_id = "table/${table.name}".`,
    },
    cuts: [],
  };
}

function judgeProvisioned(subject: string, table: TableSetting, scaling: Scaling): Judged {
  const gaps = DIMENSIONS.flatMap((dimension) => gapOf(dimension, scaling) ?? []);
  const evidence = [
    `billing mode PROVISIONED, ${table.readCapacity} read and ${table.writeCapacity} write units`,
    ...scaling.targets.map(describeTarget),
    ...scaling.policies.map(
      ({ dimension, policyType, metric }) => `policy of ${dimension}: ${policyType} on ${metric}`,
    ),
  ];
  if (gaps.length === 0) return passes(`Reads and writes of ${subject} are scaled.`, evidence);
  return {
    verdict: "fail",
    statement: `The ${subject} is provisioned, and autoscaling does not act: ${gaps.join("; ")}.`,
    evidence,
    cause: `${gaps.join("; ")}: ${table.name} stays at its capacity whatever the load, and throttles writers or readers beyond it.`,
    remedy: {
      text: `For each of ReadCapacityUnits and WriteCapacityUnits add an aws_appautoscaling_target (resource_id = "table/${table.name}", service_namespace = "dynamodb") and an aws_appautoscaling_policy of type TargetTrackingScaling on DynamoDBReadCapacityUtilization or DynamoDBWriteCapacityUtilization.`,
    },
    cuts: [],
  };
}

function gapOf(
  { what, dimension, metric, otherMetric }: (typeof DIMENSIONS)[number],
  scaling: Scaling,
): string | undefined {
  const target = scaling.targets.find((one) => one.dimension === dimension);
  const policies = scaling.policies.filter((one) => one.dimension === dimension);
  if (target === undefined) return `${what} capacity has no scaling target`;
  if (target.suspended) return `scaling of ${what} capacity is suspended`;
  if (policies.length === 0) return `${what} capacity has a scaling target and no policy`;
  if (policies.every((policy) => policy.metric === otherMetric))
    return `the policy of ${what} capacity follows ${otherMetric} and not ${metric}`;
  return undefined;
}

function describeTarget({ dimension, minimum, maximum, suspended }: ScalingSetting["targets"][number]): string {
  return `target of ${dimension}: ${minimum} to ${maximum}${suspended ? ", suspended" : ""}`;
}
