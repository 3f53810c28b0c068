import { hardened } from "../../../failures/hardened-key.ts";
import type { Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, ARNS, REGION, ROLE, roleArn } from "../../../testing/names.ts";
import { adding, both, keyPolicy, rolePolicy, setting, without } from "../../../testing/policies.ts";
import { output, setValues } from "../../../testing/state.ts";

const PRODUCER_STOPS = ["entry.failing at alb-to-table / entry"];
const CONSUMER_STOPS = ["event.lost at alb-to-table / processor log"];

export const failures: Failures = {
  variants: [
    {
      way: "the key's policy leaves out the producer, and leaves nothing to the account",
      changes: [keyPolicy(both(hardened, without("Producer")))],
      cause: ROLE.ingest,
      stops: PRODUCER_STOPS,
    },
    {
      way: "the key's policy leaves out the consumer, and leaves nothing to the account",
      changes: [keyPolicy(both(hardened, without("Consumer")))],
      only: "alb-*",
      cause: ROLE.processor,
      stops: CONSUMER_STOPS,
    },
    {
      way: "neither the key's policy nor the producer's role allows it",
      changes: [keyPolicy(without("Producer")), rolePolicy(ROLE.ingest, without("UseKey"))],
      only: "alb-*",
      cause: ROLE.ingest,
      stops: PRODUCER_STOPS,
    },
    {
      way: "the producer may only describe the key",
      changes: [
        keyPolicy(setting("Producer", { Action: "kms:DescribeKey" })),
        rolePolicy(ROLE.ingest, setting("UseKey", { Action: "kms:DescribeKey" })),
      ],
      only: "alb-*",
      cause: "kms:GenerateDataKey",
      stops: PRODUCER_STOPS,
    },
    {
      way: "the key's policy denies the producer",
      changes: [
        keyPolicy(
          adding({
            Sid: "NotTheProducer",
            Effect: "Deny",
            Principal: { AWS: roleArn(ROLE.ingest) },
            Action: "kms:GenerateDataKey*",
            Resource: "*",
          }),
        ),
      ],
      only: "alb-*",
      cause: "NotTheProducer",
      stops: PRODUCER_STOPS,
    },
    {
      way: "the consumer's own role denies it the key by way of Kinesis",
      changes: [
        rolePolicy(
          ROLE.processor,
          adding({
            Sid: "NoKinesis",
            Effect: "Deny",
            Action: "kms:Decrypt",
            Resource: ARNS.key,
            Condition: { StringEquals: { "kms:ViaService": `kinesis.${REGION}.amazonaws.com` } },
          }),
        ),
      ],
      only: "alb-*",
      cause: "NoKinesis",
      stops: CONSUMER_STOPS,
    },
    {
      way: "the producer may use the key by way of another service alone",
      changes: [
        keyPolicy(
          both(
            hardened,
            setting("Producer", {
              Action: ["kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey"],
              Condition: {
                StringEquals: { "kms:ViaService": [`s3.${REGION}.amazonaws.com`, `lambda.${REGION}.amazonaws.com`] },
              },
            }),
          ),
        ),
      ],
      only: "alb-*",
      cause: "kms:ViaService",
      stops: PRODUCER_STOPS,
    },
    {
      way: "the producer may use the key for another stream alone",
      changes: [
        keyPolicy(
          both(
            hardened,
            setting("Producer", {
              Condition: {
                StringEquals: {
                  "kms:EncryptionContext:aws:kinesis:arn": `arn:aws:kinesis:${REGION}:${ACCOUNT_ID}:stream/${output("stream_name")}-2`,
                },
              },
            }),
          ),
        ),
      ],
      only: "alb-*",
      cause: "kms:EncryptionContext:aws:kinesis:arn",
      stops: PRODUCER_STOPS,
    },
    {
      way: "the key is disabled",
      changes: [setValues("aws_kms_key", { is_enabled: false })],
      cause: "is Disabled",
      stops: [...PRODUCER_STOPS, "entry.failing at api-to-table / entry", "entry.rejected at upload-to-table / entry"],
      leavesUnknown: true,
    },
  ],
};
