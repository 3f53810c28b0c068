import {
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { byName, policyOf, type Question, type Questions } from "../question.ts";

/** Buckets: A7, B1, B4, B5, B9. */
export const objectQuestions: Questions = ({ buckets }) => buckets.flatMap(({ bucket }) => bucketQuestions(bucket));

const bucketQuestions = (Bucket: string): Question[] => [
  {
    name: `s3:GetBucketEncryption ${Bucket}`,
    ask: async ({ s3 }) => {
      const read = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
      return read.ServerSideEncryptionConfiguration?.Rules;
    },
  },
  {
    name: `s3:GetBucketVersioning ${Bucket}`,
    ask: async ({ s3 }) => (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status,
  },
  {
    name: `s3:GetPublicAccessBlock ${Bucket}`,
    ask: async ({ s3 }) => (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
  },
  {
    name: `s3:GetBucketPolicy ${Bucket}`,
    ask: async ({ s3 }) => policyOf((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy),
  },
  {
    name: `s3:GetBucketNotificationConfiguration ${Bucket}`,
    ask: async ({ s3 }) => {
      const read = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
      return byName(read.LambdaFunctionConfigurations, ({ Id }) => Id);
    },
  },
];
