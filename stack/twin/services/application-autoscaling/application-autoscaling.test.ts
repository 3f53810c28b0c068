import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  type DescribeScalableTargetsCommandInput,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  paginateDescribeScalableTargets,
} from "@aws-sdk/client-application-auto-scaling";
import { describe, expect, it } from "vitest";
import { snapshotState } from "../../testing/states.ts";
import { denying, only } from "../testing/control-plane-server.ts";
import { serviceUnderTest } from "../testing/service-under-test.ts";

const state = snapshotState();
const resourceId = state.scalableTargets[0]?.resource_id ?? "";

const { client: scaling, server, asking } = await serviceUnderTest(ApplicationAutoScalingClient, state);

describe("a table's scaling", () => {
  it("has the state's targets, page by page", async () => {
    const found: unknown[] = [];
    const input: DescribeScalableTargetsCommandInput = { ServiceNamespace: "dynamodb", ResourceIds: [resourceId] };
    for await (const page of paginateDescribeScalableTargets({ client: scaling, pageSize: 1 }, input)) {
      found.push(...(page.ScalableTargets ?? []));
    }
    expect(state.scalableTargets).toHaveLength(2);
    expect(found).toMatchObject(
      state.scalableTargets.map((target) => ({
        ResourceId: target.resource_id,
        ScalableDimension: target.scalable_dimension,
        MinCapacity: target.min_capacity,
        MaxCapacity: target.max_capacity,
        RoleARN: expect.stringContaining("AWSServiceRoleForApplicationAutoScaling_DynamoDBTable"),
      })),
    );
  });

  it("has the state's policies", async () => {
    const read = await scaling.send(
      new DescribeScalingPoliciesCommand({
        ServiceNamespace: "dynamodb",
        ResourceId: resourceId,
        ScalableDimension: "dynamodb:table:WriteCapacityUnits",
      }),
    );
    const policy = only(state.scalingPolicies.filter(({ scalable_dimension: each }) => each.includes("Write")));
    expect(only(read.ScalingPolicies)).toMatchObject({
      PolicyName: policy.name,
      PolicyARN: policy.arn,
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: policy.target_tracking_scaling_policy_configuration?.target_value,
        PredefinedMetricSpecification: { PredefinedMetricType: "DynamoDBWriteCapacityUtilization" },
      },
      Alarms: policy.alarm_arns.map((AlarmARN) => ({ AlarmARN })),
    });
  });

  const others: [string, DescribeScalableTargetsCommandInput][] = [
    ["another namespace", { ServiceNamespace: "ecs" }],
    ["another resource", { ServiceNamespace: "dynamodb", ResourceIds: ["table/other"] }],
  ];
  it.each(others)("is none of %s", async (_of, input) => {
    expect((await scaling.send(new DescribeScalableTargetsCommand(input))).ScalableTargets).toEqual([]);
  });
});

describe("the service", () => {
  it("answers AccessDeniedException, 400, to who may not", async () => {
    const authorizer = denying("application-autoscaling:DescribeScalableTargets");
    await asking(
      state,
      async (client) => {
        const ask = new DescribeScalableTargetsCommand({ ServiceNamespace: "dynamodb" });
        await expect(client.send(ask)).rejects.toMatchObject({
          name: "AccessDeniedException",
          $metadata: { httpStatusCode: 400 },
        });
      },
      { authorizer },
    );
  });

  it("counts what it does not implement", async () => {
    const ask = new DescribeScalingActivitiesCommand({ ServiceNamespace: "dynamodb" });
    await expect(scaling.send(ask)).rejects.toMatchObject({ name: "UnknownOperationException" });
    expect(server.unimplemented.counts()).toMatchObject([{ operation: "DescribeScalingActivities", count: 1 }]);
  });
});
