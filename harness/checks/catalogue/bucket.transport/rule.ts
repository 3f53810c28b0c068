import type { Account } from "../../../model/settings/account.ts";
import type { BucketSetting } from "../../../model/settings/data-setting.ts";
import type { RoleSetting } from "../../../model/settings/identity-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { callOfRole } from "../../iam/calls.ts";
import { functionWithRole } from "../../iam/key-use.ts";
import { may } from "../../iam/may.ts";
import { bucketPolicy, EVERYTHING } from "../../iam/policies.ts";
import type { AccessRequest, PoliciesInForce } from "../../iam/request.ts";
import { judging, mustBeDecided, passes, settingOf } from "../../judging.ts";
import { block, lines, terraform, within } from "../../remedy.ts";
import type { Broken, Judged, Rule, RuleContext, Wire } from "../../rule.ts";

/**
 * The bucket's policy denies everybody what comes over plain HTTP, and denies none of the stack's own what comes over TLS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export const bucketTransport: Rule = {
  code: "bucket.transport",
  severity: "advice",
  title: "The bucket is used over TLS alone, and by the stack's own roles",
  breaks: "Objects travel in the clear; or the rule against that denies the stack's own roles too.",
  reads: ["bucket", "function", "role", "instance"],
  needs: ["bucket"],
  remedy:
    'aws_s3_bucket_policy: { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [bucket ARN, "<bucket ARN>/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }, and no wider deny.',

  judge(account, context) {
    const { bucket: reference = "" } = context.roles;
    const subject = `bucket ${subjectOf("bucket", reference, context)}`;
    return judging(subject, () => {
      const bucket = settingOf(account, "bucket", reference);
      if (bucket === null) return null;
      return overPlainHttp(bucket, context) ?? overTls(bucket, account, context);
    });
  },
};

const LOOK_YOURSELF = "Look at that condition yourself, or deny on aws:SecureTransport alone.";
const OBJECT_ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];

/** Null where plain HTTP is denied to everybody. */
function overPlainHttp(bucket: BucketSetting, context: RuleContext): Judged | null {
  const arn = `arn:${context.partition}:s3:::${bucket.name}`;
  const anybody = `arn:${context.partition}:iam::${context.accountId}:role/anybody`;
  const plain = { ...HEADERS, "aws:SecureTransport": "false", "s3:TlsVersion": null };
  const calls = [
    ...OBJECT_ACTIONS.map((action) => ({ action, resourceArn: `${arn}/any/object` })),
    { action: "s3:ListBucket", resourceArn: arn },
  ];
  for (const call of calls) {
    const request = callOfRole({ arn: anybody }, null, { ...call, context: plain }, context);
    const decision = may(request, withEverything(bucket));
    const anonymous = may(anonymously(request), { identity: [], boundary: null, resource: bucketPolicy(bucket) });
    const open = [decision, anonymous].find(({ kind }) => kind === "allowed");
    if (open !== undefined) return plainHttpAccepted(bucket.name, arn, call.action, call.resourceArn);
    mustBeDecided([decision, anonymous], `What the policy of ${bucket.name} says`, LOOK_YOURSELF);
  }
  return null;
}

function overTls(bucket: BucketSetting, account: Account, context: RuleContext): Judged {
  for (const own of ownRequests(bucket, account, context)) {
    const decisions = own.requests.map((request) => may(request, withEverything(bucket)));
    const denial = decisions.find((decision) => decision.kind === "denied");
    const isStopped = decisions.every(({ kind }) => kind === "denied");
    if (isStopped && denial?.kind === "denied") return ownDenied(bucket.name, own, denial.reason);
    if (decisions.every(({ kind }) => kind !== "allowed"))
      mustBeDecided(decisions, `What the policy of ${bucket.name} says`, LOOK_YOURSELF);
  }
  return passes(
    "The bucket's policy denies plain HTTP to everybody, and TLS to none of the stack's own roles.",
    bucket.policy?.statements.flatMap(({ sid, effect }) => (effect === "Deny" ? [`Deny ${sid}`] : [])) ?? [],
  );
}

/** What one of the stack's own does. Any of its requests will do: the instance tries with and without naming the key. */
interface OwnUse {
  readonly who: string;
  readonly requests: readonly AccessRequest[];
  /** The wires that are cut where it is denied. */
  readonly cuts: readonly Wire[];
}

/**
 * Over TLS. S3 tells a function the version that was put, and reading a version is another action.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function ownRequests(bucket: BucketSetting, account: Account, context: RuleContext): readonly OwnUse[] {
  const { entryFunction, proofInstance, proofObjectKey } = context.roles;
  const arn = `arn:${context.partition}:s3:::${bucket.name}`;
  const own: OwnUse[] = [];
  const user = entryFunction === undefined ? null : functionWithRole(account, entryFunction);
  if (user !== null && context.entryKind === "s3") {
    const actions = ["s3:GetObject", ...(bucket.versioning === "Enabled" ? ["s3:GetObjectVersion"] : [])];
    for (const action of actions) {
      const asked = { action, resourceArn: `${arn}/any/object`, context: { ...HEADERS, ...TLS, "s3:VersionId": null } };
      const requests = [callOfRole(user.role, user.fn.name, asked, context)];
      own.push({ who: user.role.arn, requests, cuts: ["function-log", "function-table"] });
    }
  }
  const role = instanceRole(proofInstance, account);
  if (role !== null && proofInstance !== undefined) {
    const resourceArn = `${arn}/${proofObjectKey ?? "any/object"}`;
    const requests = [null, "aws:kms"].map((encryption) => {
      const headers = { ...HEADERS, ...TLS, "s3:x-amz-server-side-encryption": encryption };
      return callOfRole(role, proofInstance, { action: "s3:PutObject", resourceArn, context: headers }, context);
    });
    own.push({ who: role.arn, requests, cuts: [] });
  }
  return own;
}

function instanceRole(instance: string | undefined, account: Account): RoleSetting | null {
  if (instance === undefined) return null;
  const arn = settingOf(account, "instance", instance)?.roleArn ?? "";
  return arn === "" ? null : settingOf(account, "role", arn);
}

const HEADERS = {
  "s3:x-amz-acl": null,
  "s3:x-amz-server-side-encryption": null,
  "s3:x-amz-server-side-encryption-aws-kms-key-id": null,
};
const TLS = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };

/** The bucket's policy, asked by somebody whom nothing else keeps out. */
function withEverything(bucket: BucketSetting): PoliciesInForce {
  return { identity: [EVERYTHING], boundary: null, resource: bucketPolicy(bucket) };
}

function anonymously(request: AccessRequest): AccessRequest {
  const context = {
    ...request.context,
    "aws:PrincipalArn": null,
    "aws:PrincipalAccount": null,
    "aws:PrincipalType": "Anonymous",
  };
  return { ...request, principal: { kind: "anonymous" }, context };
}

const OVER_PLAIN_HTTP = { Bool: { "aws:SecureTransport": "false" } };

function plainHttpAccepted(name: string, arn: string, action: string, resource: string): Broken {
  return {
    verdict: "fail",
    statement: "The bucket accepts plain HTTP.",
    evidence: [`${action} on ${resource} over HTTP is not denied`],
    cause: `No statement of the policy of ${name} denies ${action} on ${resource} over plain HTTP to everybody: whoever has credentials may send objects and signatures in the clear.`,
    remedy: terraform(
      `Deny everything over plain HTTP in the aws_s3_bucket_policy of ${name}.`,
      within(
        `aws_s3_bucket_policy of ${name}`,
        block("", {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: OVER_PLAIN_HTTP,
        }),
      ),
    ),
    cuts: [],
  };
}

function ownDenied(name: string, { who, requests, cuts }: OwnUse, reason: string): Broken {
  const action = requests[0]?.action ?? "";
  return {
    verdict: "fail",
    statement: "The bucket's policy denies the stack's own roles over TLS.",
    evidence: [reason],
    cause: `${reason} to ${who}, over TLS too: ${action} fails with AccessDenied.`,
    remedy: terraform(
      `In the aws_s3_bucket_policy of ${name}, deny only over plain HTTP (aws:SecureTransport = false), or except ${who}.`,
      within(`aws_s3_bucket_policy of ${name}`, lines({ Condition: OVER_PLAIN_HTTP })),
    ),
    cuts,
  };
}
