import type { SettingKind } from "./setting.ts";

/** Where a deployment is: what its ARNs share. */
export interface Place {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** One setting to read. */
export interface Target {
  readonly kind: SettingKind;
  /** By what it is asked for, as `subjectOf` spells it. */
  readonly subject: string;
}

/**
 * The one spelling of a setting's subject, so that a resource that is named here by its name and there by its ARN is read and
 * looked up as one:
 *
 * - ARN: load-balancer, listeners (the load balancer's), target-group, role, key (an alias stays an alias)
 * - name: function, function-policy, event-source-mappings, stream, table, scaling, bucket, log-group
 * - id: security-group, subnet, vpc, flow-logs (the vpc's), api, instance; the region for api-account
 * - two parts: see `stageSubject` and `objectSubject`
 *
 * An ARN of another account or region stays whole: it is another resource, whatever its name.
 */
export function subjectOf(kind: SettingKind, reference: string, place: Place): string {
  switch (kind) {
    case "function":
    case "function-policy":
    case "event-source-mappings":
      return localName(reference, "lambda", /^function:([^:]+)(?::[^:]+)?$/, place);
    case "stream":
      return localName(reference, "kinesis", /^stream\/([^/]+)(?:\/.*)?$/, place);
    case "table":
    case "scaling":
      return localName(reference, "dynamodb", /^table\/([^/]+)(?:\/.*)?$/, place);
    case "log-group":
      return localName(reference, "logs", /^log-group:([^:]+)(?::.*)?$/, place);
    case "bucket":
      return /^arn:[^:]*:s3:::([^/]+)/.exec(reference)?.[1] ?? reference;
    case "key":
      return /^(arn:|alias\/)/.test(reference) ? reference : arnOf("kms", `key/${reference}`, place);
    case "load-balancer":
    case "listeners":
    case "target-group":
    case "role":
    case "security-group":
    case "subnet":
    case "vpc":
    case "flow-logs":
    case "api":
    case "api-stage":
    case "api-account":
    case "instance":
    case "object":
      return reference;
    default:
      return kind satisfies never;
  }
}

/** A setting to read, by any of the names that other settings have for it. */
export function targetOf(kind: SettingKind, reference: string, place: Place): Target {
  return { kind, subject: subjectOf(kind, reference, place) };
}

/** Subject of `api-stage`. */
export function stageSubject(apiId: string, stage: string): string {
  return `${apiId}/${stage}`;
}

/** Subject of `object`. */
export function objectSubject(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

/** The two parts of a stage's or an object's subject. */
export function splitSubject(subject: string): readonly [string, string] {
  const slash = subject.indexOf("/");
  return slash === -1 ? [subject, ""] : [subject.slice(0, slash), subject.slice(slash + 1)];
}

/** The partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An ARN in the deployment's own account and region. */
export function arnOf(service: string, resource: string, place: Place): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

function localName(reference: string, service: string, resource: RegExp, place: Place): string {
  const prefix = arnOf(service, "", place);
  if (!reference.startsWith(prefix)) return reference;
  return resource.exec(reference.slice(prefix.length))?.[1] ?? reference;
}
