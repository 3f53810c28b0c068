import { hardened, KEY_ADMINISTRATION } from "../../../failures/hardened-key.ts";
import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, ARNS, OTHER_ACCOUNT, REGION, ROLE } from "../../../testing/names.ts";
import { adding, both, keyPolicy, rolePolicy, setting, without } from "../../../testing/policies.ts";
import { output } from "../../../testing/state.ts";

const LOGS = "LogGroupsOfThisAccount";
const logs = breaking({
  only: "api-*",
  // Events pass all the same, and nobody can read where they passed.
  leavesUnknown: true,
});

export const failures: Failures = {
  variants: [
    {
      way: "the key's policy leaves out the logs service",
      changes: [keyPolicy(without(LOGS))],
      cause: `logs.${REGION}.amazonaws.com`,
      leavesUnknown: true,
    },
    logs(
      "the key's policy names the logs service of another region",
      `logs.${REGION}.amazonaws.com`,
      keyPolicy(setting(LOGS, { Principal: { Service: "logs.eu-west-3.amazonaws.com" } })),
    ),
    logs(
      "the key's policy lets the logs service in for another account's groups",
      "kms:EncryptionContext:aws:logs:arn",
      keyPolicy(
        setting(LOGS, {
          Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:*` },
          },
        }),
      ),
    ),
    logs(
      "the logs service may only describe the key",
      "kms:GenerateDataKey",
      keyPolicy(setting(LOGS, { Action: ["kms:DescribeKey", "kms:Decrypt"] })),
    ),
    {
      way: "the key's policy denies the logs service one function's group",
      changes: [
        keyPolicy(
          adding({
            Sid: "NotThisGroup",
            Effect: "Deny",
            Principal: { Service: `logs.${REGION}.amazonaws.com` },
            Action: "kms:*",
            Resource: "*",
            Condition: {
              ArnEquals: {
                "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${output("content_log_group_name")}`,
              },
            },
          }),
        ),
      ],
      only: "api-*",
      cause: "NotThisGroup",
      // Events pass all the same, and nobody can read where they passed.
      leavesUnknown: true,
    },
    {
      way: "the function's role may not decrypt by way of Lambda",
      changes: [
        rolePolicy(
          ROLE.content,
          adding({
            Sid: "NotByLambda",
            Effect: "Deny",
            Action: "kms:Decrypt",
            Resource: ARNS.key,
            Condition: { StringEquals: { "kms:ViaService": `lambda.${REGION}.amazonaws.com` } },
          }),
        ),
      ],
      only: "api-*",
      cause: "NotByLambda",
      stops: ["entry.failing at api-to-table / entry"],
    },
    {
      way: "the key may be used by way of DynamoDB and S3 alone, and Lambda may make no grant",
      changes: [
        keyPolicy(
          both(
            hardened,
            setting("AccountAdministersKey", { Action: KEY_ADMINISTRATION.filter((one) => one !== "kms:Create*") }),
            without("LambdaInThisRegion", "LambdaGrantsInThisRegion"),
            setting("ContentFunction", {
              Condition: {
                StringEquals: { "kms:ViaService": [`dynamodb.${REGION}.amazonaws.com`, `s3.${REGION}.amazonaws.com`] },
              },
            }),
          ),
        ),
      ],
      only: "api-*",
      cause: "KMSAccessDenied",
      stops: ["entry.failing at api-to-table / entry"],
    },
  ],
};
