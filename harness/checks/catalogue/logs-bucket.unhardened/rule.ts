import type { Remedy } from "../../../model/finding.ts";
import { nameIn } from "../../../model/resource-name.ts";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import type { LoadBalancerSetting } from "../../../model/settings/load-balancer-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { callOfService } from "../../iam/calls.ts";
import { decide } from "../../iam/decide.ts";
import { ELB_ACCOUNTS } from "../../iam/elb-accounts.ts";
import { bucketPolicy, policiesOfResource } from "../../iam/policies.ts";
import { becauseOf, judging, passes, settingOf } from "../../judging.ts";
import { block, blockPublicAccess, encryptByDefault, terraform, together, within } from "../../remedy.ts";
import type { Rule, RuleContext } from "../../rule.ts";

const DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

/**
 * Access logs are on, and go to a bucket that is closed to the public, encrypted in the one way that log delivery supports, and
 * that lets Elastic Load Balancing in.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const logsBucketUnhardened: Rule = {
  code: "logs-bucket.unhardened",
  severity: "advice",
  title: "The load balancer's access logs arrive in a hardened bucket",
  breaks: "Access logs are not delivered, or lie in a bucket that is open or not encrypted as asked.",
  reads: ["bucket", "load-balancer"],
  needs: ["loadBalancer", "logsBucket"],
  remedy:
    "aws_s3_bucket_public_access_block with all four settings, aws_s3_bucket_server_side_encryption_configuration with AES256, an aws_s3_bucket_policy that lets logdelivery.elasticloadbalancing.amazonaws.com s3:PutObject under <prefix>/AWSLogs/<account>/, and access_logs { enabled = true } in aws_lb.",

  judge(account, context) {
    const { loadBalancer = "", logsBucket = "" } = context.roles;
    const name = subjectOf("bucket", logsBucket, context);
    const subject = `bucket ${name}`;
    return judging(subject, () => {
      const bucket = settingOf(account, "bucket", logsBucket);
      const balancer = settingOf(account, "load-balancer", loadBalancer);
      const flaws =
        bucket === null
          ? [{ cause: `the bucket ${name} does not exist`, remedy: { text: `Create the aws_s3_bucket ${name}.` } }]
          : [...flawsOfWiring(balancer, name), ...flawsOfBucket(bucket), ...flawsOfDelivery(bucket, balancer, context)];
      if (flaws.length === 0) {
        return passes("Access logs are on and delivered to the bucket, which is closed to the public and encrypted.", [
          `encrypted with ${bucket?.encryption?.algorithm}`,
        ]);
      }
      return {
        verdict: "fail",
        statement: `Access logs do not arrive in ${name} as they should.`,
        evidence: flaws.map(({ cause }) => cause),
        cause: `${flaws.map(({ cause }) => cause).join("; ")}.`,
        remedy: together(flaws.map(({ remedy }) => remedy)),
        cuts: [],
      };
    });
  },
};

interface Flaw {
  readonly cause: string;
  readonly remedy: Remedy;
}

function flawsOfWiring(balancer: LoadBalancerSetting | null, bucketName: string): Flaw[] {
  // That there is no load balancer is for alb.not-public to say.
  if (balancer === null) return [];
  const remedy = terraform(
    `Set access_logs of the aws_lb to ${bucketName}.`,
    within("aws_lb", block("access_logs", { bucket: bucketName, enabled: true })),
  );
  const { enabled, bucket } = balancer.accessLogs;
  if (!enabled) return [{ cause: `access logs of ${nameIn(balancer.arn)} are off`, remedy }];
  if (bucket === bucketName) return [];
  return [{ cause: `access logs of ${nameIn(balancer.arn)} go to ${bucket} and not to ${bucketName}`, remedy }];
}

function flawsOfBucket({ name, encryption, publicAccessBlock }: BucketSetting): Flaw[] {
  const open = Object.entries(publicAccessBlock ?? {}).flatMap(([setting, on]) => (on ? [] : [setting]));
  const flaws: Flaw[] = [];
  if (publicAccessBlock === null || open.length > 0) {
    flaws.push({
      cause:
        open.length > 0 ? `its public access block leaves off ${open.join(", ")}` : "it has no public access block",
      remedy: blockPublicAccess(name),
    });
  }
  if (encryption?.algorithm !== "AES256") {
    const how =
      encryption === null
        ? "it has no default encryption"
        : `it is encrypted with ${encryption.algorithm}, and access logs are delivered to buckets with SSE-S3 (AES256) alone`;
    flaws.push({
      cause: how,
      remedy: encryptByDefault(name, { sse_algorithm: "AES256" }),
    });
  }
  return flaws;
}

function flawsOfDelivery(bucket: BucketSetting, balancer: LoadBalancerSetting | null, context: RuleContext): Flaw[] {
  if (balancer === null) return [];
  const { accountId, region, partition } = context;
  const prefix = balancer.accessLogs.prefix === "" ? "" : `${balancer.accessLogs.prefix}/`;
  const folder = `arn:${partition}:s3:::${bucket.name}/${prefix}AWSLogs/${accountId}/`;
  const asked = {
    action: "s3:PutObject",
    resourceArn: `${folder}elasticloadbalancing/${region}/2026/01/01/${accountId}_elasticloadbalancing_${region}.log.gz`,
    context: { "s3:x-amz-acl": "bucket-owner-full-control", "s3:x-amz-server-side-encryption": null },
  };
  const policies = policiesOfResource(bucketPolicy(bucket));
  const byService = callOfService(DELIVERY, { arn: balancer.arn, accountId }, asked, context);
  const decision = decide(byService, policies);
  if (decision.kind === "allowed") return [];
  const elbAccount = ELB_ACCOUNTS[region];
  if (elbAccount !== undefined) {
    const byAccount = {
      ...byService,
      principal: { kind: "other-account", accountId: elbAccount } as const,
      context: { ...byService.context, "aws:PrincipalAccount": elbAccount, "aws:PrincipalIsAWSService": "false" },
    };
    if (decide(byAccount, policies).kind === "allowed") return [];
  }
  return [
    {
      cause: `Elastic Load Balancing may not write its logs under ${folder}: ${becauseOf(decision)}`,
      remedy: terraform(
        `Allow s3:PutObject on ${folder}* to ${DELIVERY} in the aws_s3_bucket_policy of ${bucket.name}.`,
        within(
          `aws_s3_bucket_policy of ${bucket.name}`,
          block("", {
            Effect: "Allow",
            Principal: { Service: DELIVERY },
            Action: "s3:PutObject",
            Resource: `${folder}*`,
          }),
        ),
      ),
    },
  ];
}
