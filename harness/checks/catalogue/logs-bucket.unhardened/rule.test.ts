import { asItIs, bucketPolicy } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { ACCOUNT_ID, type AccountBuilder, ARNS, NAMES } from "../../testing/healthy-account.ts";
import { type StatementJson, tlsOnly } from "../../testing/policy-of.ts";
import { logsBucketUnhardened } from "./rule.ts";

const SERVICE = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
const FOLDER = `${ARNS.logsBucket}/alb/AWSLogs/${ACCOUNT_ID}/*`;
const letting = (over: Partial<StatementJson>, ...more: readonly StatementJson[]) => ({
  change: bucketPolicy(
    NAMES.logsBucket,
    { Effect: "Allow", Principal: SERVICE, Action: "s3:PutObject", Resource: FOLDER, ...over },
    ...more,
  ),
});
const bucket = (over: object) => ({ change: (a: AccountBuilder) => a.change("bucket", NAMES.logsBucket, () => over) });
const accessLogs = (over: object) => ({
  change: (a: AccountBuilder) =>
    a.change("load-balancer", ARNS.loadBalancer, (balancer) => ({ accessLogs: { ...balancer.accessLogs, ...over } })),
});
const pab = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };

describeRule(logsBucketUnhardened, {
  pipeline: "alb",
  healthy: {
    "the reference stack": { change: asItIs },
    "the region's account in place of the service": letting({ Principal: { AWS: "arn:aws:iam::127311923021:root" } }),
    "the whole bucket": letting({ Resource: `${ARNS.logsBucket}/*` }),
    "the service for this account's load balancers": letting({
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT_ID}:loadbalancer/*` },
      },
    }),
    "the service for this account, and TLS": letting(
      { Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT_ID } } },
      tlsOnly(ARNS.logsBucket),
    ),
    "no prefix": {
      change: (a) => letting({ Resource: `${ARNS.logsBucket}/AWSLogs/*` }).change(accessLogs({ prefix: "" }).change(a)),
    },
    "a bucket that is versioned": bucket({ versioning: "Enabled" }),
  },
  broken: {
    "no public access block": { ...bucket({ publicAccessBlock: null }), cause: /no public access block/ },
    "half a public access block": {
      ...bucket({ publicAccessBlock: { ...pab, restrictPublicBuckets: false } }),
      cause: /leaves off restrictPublicBuckets/,
    },
    "no encryption": { ...bucket({ encryption: null }), cause: /no default encryption/ },
    "encryption that log delivery does not support": {
      ...bucket({ encryption: { algorithm: "aws:kms", keyArn: ARNS.key, bucketKey: true } }),
      cause: /SSE-S3 \(AES256\) alone/,
    },
    "no policy": { ...bucket({ policy: null }), cause: /no policy that lets logdelivery/ },
    "a policy without delivery": {
      change: bucketPolicy(NAMES.logsBucket, tlsOnly(ARNS.logsBucket)),
      cause: /no statement of the policy/,
    },
    "another service": {
      ...letting({ Principal: { Service: "delivery.logs.amazonaws.com" } }),
      cause: /is for delivery.logs/,
    },
    "another region's account": {
      ...letting({ Principal: { AWS: "arn:aws:iam::156460612806:root" } }),
      cause: /156460612806/,
    },
    "another prefix": {
      ...letting({ Resource: `${ARNS.logsBucket}/AWSLogs/*` }),
      cause: /is about .*AWSLogs\/\* and not/,
    },
    "another account's folder": {
      ...letting({ Resource: FOLDER.replace(`AWSLogs/${ACCOUNT_ID}`, "AWSLogs/999988887777") }),
      cause: /999988887777/,
    },
    "a deny for everyone": {
      ...letting({}, { Sid: "No", Effect: "Deny", Principal: "*", Action: "s3:Put*", Resource: FOLDER }),
      cause: /statement No .*denies/,
    },
    "access logs that are off": { ...accessLogs({ enabled: false, bucket: "", prefix: "" }), cause: /are off/ },
    "access logs that go elsewhere": { ...accessLogs({ bucket: "others" }), cause: /go to others and not to/ },
    "no bucket": { change: (a) => a.absent("bucket", NAMES.logsBucket), cause: /does not exist/ },
  },
  unknown: {
    "a bucket that may not be read": {
      change: (a) => a.unread("bucket", NAMES.logsBucket, "s3:GetBucketPolicy"),
      remedy: /s3:GetBucketPolicy/,
    },
    "a load balancer that may not be read": {
      change: (a) =>
        a.unread("load-balancer", ARNS.loadBalancer, "elasticloadbalancing:DescribeLoadBalancerAttributes"),
      remedy: /DescribeLoadBalancerAttributes/,
    },
  },
});
