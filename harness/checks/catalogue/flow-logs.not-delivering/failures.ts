import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, OTHER_ACCOUNT, REGION, ROLE } from "../../../testing/names.ts";
import { adding, rolePolicy, setting, trust, withoutPolicies } from "../../../testing/policies.ts";
import { has, output, remove, setValues } from "../../../testing/state.ts";

const GROUP = output("flow_log_group_name");
const otherGroup = (name: string) => `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${name}`;

const variant = breaking({
  only: "alb-*",
});

export const failures: Failures = {
  variants: [
    { way: "the VPC has no flow log", changes: [remove("aws_flow_log")], cause: "No flow log" },
    variant("the role has no policy", "may not write", withoutPolicies(ROLE.flowLogs)),
    variant(
      "the role may write to another group alone",
      "may not write",
      rolePolicy(ROLE.flowLogs, setting("WriteOwnGroup", { Resource: `${otherGroup("/aws/vpc/another")}:*` })),
    ),
    variant(
      "the role is denied to write",
      "may not write",
      rolePolicy(ROLE.flowLogs, adding({ Sid: "Quiet", Effect: "Deny", Action: "logs:PutLogEvents", Resource: "*" })),
    ),
    variant(
      "the role trusts another service",
      "may not take on",
      trust(ROLE.flowLogs, { Principal: { Service: "ec2.amazonaws.com" } }),
    ),
    variant(
      "the role trusts flow logs of another account",
      "may not take on",
      trust(ROLE.flowLogs, { Condition: { StringEquals: { "aws:SourceAccount": OTHER_ACCOUNT } } }),
    ),
    variant("the flow log has no role", "has no role", setValues("aws_flow_log", { iam_role_arn: "" })),
    variant(
      "the flow log goes to another group",
      "and not to",
      setValues("aws_flow_log", { log_destination: otherGroup(output("ingest_log_group_name")) }),
    ),
    variant(
      "the flow log's group does not exist",
      "does not exist",
      remove("aws_cloudwatch_log_group", has("name", GROUP)),
    ),
  ],
};
