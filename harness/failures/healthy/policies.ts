import { ACCOUNT_ID, REGION, ROLE, roleArn } from "../../testing/names.ts";
import {
  adding,
  both,
  bucketPolicy,
  editing,
  keyPolicy,
  rolePolicy,
  setting,
  without,
  withoutPolicies,
} from "../../testing/policies.ts";
import {
  named,
  output,
  remove,
  resourceLike,
  type StateChange,
  type StateResource,
  setValues,
  type WholeChange,
} from "../../testing/state.ts";
import { hardened } from "../hardened-key.ts";
import type { Variant } from "../variant.ts";

const PERMISSION = "aws_lambda_permission";
const CONTENT_BUCKET = output("content_bucket_name");
const CONTENT_ARN = output("content_bucket_arn");

const ofRole =
  (role: string) =>
  ({ values }: StateResource): boolean =>
    values["role"] === role;

/** What is allowed, spelled otherwise. */
export const OTHER_SPELLINGS: readonly Variant[] = [
  { way: "customer-managed policies in place of inline ones", changes: managedInPlaceOfInline() },
  {
    way: "one role's policy written in the role, where others have theirs apart",
    changes: [
      remove("aws_iam_role_policy", ofRole(ROLE.processor)),
      // What is written in a role with the ARNs of resources is made after them.
      (each) =>
        each.type === "aws_iam_role" && each.values["name"] === ROLE.processor
          ? { ...each, depends_on: ["aws_dynamodb_table.events", "aws_kinesis_stream.events", "aws_kms_key.main"] }
          : each,
    ],
    only: "alb-*",
  },
  {
    way: "wider actions on the one table",
    changes: [
      rolePolicy(ROLE.content, setting("UseTable", { Action: "dynamodb:*" })),
      rolePolicy(ROLE.processor, setting("WriteEvents", { Action: ["dynamodb:Batch*", "dynamodb:Put*"] })),
    ],
  },
  {
    way: "exactly the actions that the code calls",
    changes: [
      rolePolicy(ROLE.content, setting("UseTable", { Action: "dynamodb:UpdateItem" })),
      rolePolicy(ROLE.processor, setting("WriteEvents", { Action: "dynamodb:BatchWriteItem" })),
      rolePolicy(ROLE.ingest, setting("PutEvents", { Action: "kinesis:PutRecords" })),
    ],
  },
  {
    way: "the table and its indexes",
    changes: [
      rolePolicy(
        ROLE.content,
        editing("UseTable", (each) => ({ ...each, Resource: [String(each.Resource), `${each.Resource}/index/*`] })),
      ),
    ],
    only: "api-*",
  },
  {
    way: "a key policy of one statement for the account, the rest in the roles' own policies",
    changes: [keyPolicy(without("Producer", "Consumer", "ContentFunction", "ProofInstance", "KinesisInThisRegion"))],
  },
  {
    way: "a key policy without the account's delegation, all of it in the key's statements",
    changes: [
      keyPolicy(hardened),
      rolePolicy(ROLE.ingest, without("UseKey")),
      rolePolicy(ROLE.processor, without("UseKey")),
      rolePolicy(ROLE.content, without("UseKey")),
      rolePolicy(ROLE.proofInstance, without("UseKey")),
    ],
  },
  {
    way: "a key policy with one statement for all roles, other Sids, the account by its number",
    changes: [
      keyPolicy((statements) => [
        ...without(
          "AccountAdministersKey",
          "Producer",
          "Consumer",
          "ContentFunction",
          "ProofInstance",
        )(statements).map((each, index) => ({ ...each, Sid: `S${index}` })),
        { Effect: "Allow", Principal: { AWS: ACCOUNT_ID }, Action: ["kms:*"], Resource: ["*"] },
        {
          Effect: "Allow",
          Principal: {
            AWS: [ROLE.ingest, ROLE.processor, ROLE.content, ROLE.proofInstance].map((name) => roleArn(name)),
          },
          Action: ["kms:*Encrypt*", "kms:Decrypt", "kms:GenerateDataKey*", "kms:Describe*"],
          Resource: "*",
        },
      ]),
    ],
  },
  {
    way: "a key policy with the same conditions in other operators",
    changes: [
      keyPolicy(
        both(
          setting("AccountAdministersKey", {
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "kms:CallerAccount": ACCOUNT_ID } },
          }),
          setting("LogGroupsOfThisAccount", {
            Condition: {
              StringLike: {
                "kms:EncryptionContext:aws:logs:arn": [`arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:/aws/*`],
              },
              StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT_ID },
            },
          }),
        ),
      ),
    ],
  },
  {
    way: "the key by way of services alone, and for the stream's own encryption context",
    changes: [
      keyPolicy(
        both(
          hardened,
          setting("Producer", {
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Condition: {
              StringEquals: { "kms:ViaService": [`kinesis.${REGION}.amazonaws.com`, `lambda.${REGION}.amazonaws.com`] },
            },
          }),
          setting("Consumer", {
            Condition: {
              StringLike: { "kms:ViaService": [`*.${REGION}.amazonaws.com`] },
              Null: { "kms:EncryptionContextKeys": "false" },
            },
          }),
        ),
      ),
    ],
  },
  {
    way: "permissions by account in place of source ARN, and with wildcards",
    changes: [
      setValues(PERMISSION, { source_arn: null, source_account: ACCOUNT_ID }, named("load_balancer")),
      setValues(PERMISSION, { source_arn: `${output("api_execution_arn")}/*/*/*` }, named("api")),
      setValues(
        PERMISSION,
        { source_arn: "arn:aws:s3:::stackproof-*", source_account: ACCOUNT_ID },
        named("content_bucket"),
      ),
    ],
  },
  {
    way: "permissions without any source, and for all actions",
    changes: [
      setValues(PERMISSION, { source_arn: null, action: "lambda:*" }, named("load_balancer")),
      setValues(PERMISSION, { source_arn: `${output("api_execution_arn")}/live/POST/process` }, named("api")),
    ],
  },
  {
    way: "plain HTTP denied by StringEquals, and old TLS besides",
    changes: [
      bucketPolicy(
        CONTENT_BUCKET,
        both(
          setting("TlsOnly", {
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "aws:SecureTransport": "false" } },
          }),
          adding({
            Sid: "ModernTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [CONTENT_ARN, `${CONTENT_ARN}/*`],
            Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
          }),
        ),
      ),
    ],
    only: "upload-*",
  },
  {
    way: "plain HTTP denied by Bool in a list, for everything but what comes by TLS",
    changes: [
      bucketPolicy(
        CONTENT_BUCKET,
        setting("TlsOnly", { Action: ["s3:*"], Condition: { BoolIfExists: { "aws:SecureTransport": ["false"] } } }),
      ),
    ],
    only: "upload-*",
  },
  {
    way: "explicit denials that concern nobody of the stack",
    changes: [
      rolePolicy(
        ROLE.content,
        adding({ Sid: "NoDeletion", Effect: "Deny", Action: "dynamodb:DeleteTable", Resource: "*" }),
      ),
      keyPolicy(
        adding({
          Sid: "NotFromElsewhere",
          Effect: "Deny",
          Principal: "*",
          Action: "kms:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalAccount": ACCOUNT_ID },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        }),
      ),
    ],
  },
];

/** Every role's inline policy becomes a policy of its own, attached. */
function managedInPlaceOfInline(): (StateChange | WholeChange)[] {
  return [ROLE.ingest, ROLE.processor, ROLE.content, ROLE.proofInstance, ROLE.flowLogs].flatMap((role) => {
    const inline = resourceLike("aws_iam_role_policy", ofRole(role));
    const arn = `arn:aws:iam::${ACCOUNT_ID}:policy/${role}`;
    const resource = (type: string, values: Readonly<Record<string, unknown>>): WholeChange => ({
      kind: "add",
      resource: { ...inline, address: `${type}.${role}`, type, name: role, values },
    });
    return [
      withoutPolicies(role),
      resource("aws_iam_policy", {
        ...{ arn, id: arn, name: role, path: "/", tags: {}, tags_all: {} },
        policy: inline.values["policy"],
      }),
      resource("aws_iam_role_policy_attachment", { id: `${role}-1`, role, policy_arn: arn }),
      setValues("aws_iam_role", { managed_policy_arns: [arn] }, ({ values }) => values["name"] === role),
    ];
  });
}
