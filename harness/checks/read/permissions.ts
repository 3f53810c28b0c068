import type { Fact, SettingRead } from "../../model/fact.ts";
import type { Hop } from "../../model/hop.ts";
import { functionNameOf, type Roles } from "../../model/role.ts";
import type { Entry } from "../../model/scenario.ts";
import { arnOf, type Place } from "../../model/settings/place.ts";
import type { SettingKind } from "../../model/settings/setting.ts";
import { type AnySettingKind, isStateKind } from "../../model/settings/setting.ts";
import { type Target, targetOf } from "../../model/settings/subject.ts";
import type { Need } from "./reader.ts";
import { readers } from "./readers.ts";
import { targetsOfRoles } from "./role-targets.ts";

/** Kinds that are only reached over links, or may be: before a run nobody knows their names. */
const LINKED: readonly SettingKind[] = [
  "security-group",
  "subnet",
  "vpc",
  "flow-logs",
  "target-group",
  "function",
  "function-policy",
  "event-source-mappings",
  "role",
  "key",
  "stream",
  "table",
  "scaling",
  "bucket",
  "log-group",
];

/** What reading the settings of these pipelines needs before anything is known but their roles: any setting that may be linked. */
export function anyTargets(roles: readonly Roles[], place: Place): Target[] {
  return [...roles.flatMap((of) => targetsOfRoles(of, place)), ...LINKED.map((kind) => ({ kind, subject: "*" }))];
}

/** What a run has read of the account, or tried to: with it the permissions are as narrow as they can be. */
export function targetsOfFacts(facts: readonly Fact[]): Target[] {
  return facts.flatMap((fact): Target[] => {
    if (fact.fact === "setting") return targetOfKind(fact.setting.kind, permittedBy(fact));
    return fact.fact === "setting-absent" || fact.fact === "setting-unread"
      ? targetOfKind(fact.kind, fact.subject)
      : [];
  });
}

/** A key may have been asked for by an alias, and permissions are on keys. */
function permittedBy({ setting, subject }: SettingRead): string {
  return setting.kind === "key" ? setting.arn : subject;
}

/** What Terraform says is read without asking the account. */
function targetOfKind(kind: AnySettingKind, subject: string): Target[] {
  return isStateKind(kind) ? [] : [{ kind, subject }];
}

/** What the readers need. */
export function needsOfTargets(targets: readonly Target[], place: Place): Need[] {
  return targets.flatMap(({ kind, subject }) => readers[kind].needs(subject, place));
}

/**
 * What an observer needs to watch a hop. What is encrypted with a key of the account's own can be read only with `kms:Decrypt` on
 * that key beside it, see `needsOfKeys`.
 */
export function needsOfHop(hop: Hop, place: Place): Need[] {
  switch (hop.kind) {
    case "entry":
      return [];
    case "object":
      return [
        { action: "s3:GetObject", resources: [objectsOf(hop.bucket, hop.key, place)] },
        { action: "s3:ListBucket", resources: [`arn:${place.partition}:s3:::${hop.bucket}`] },
      ];
    case "log": {
      const { subject } = targetOf("log-group", hop.logGroup, place);
      return [{ action: "logs:FilterLogEvents", resources: [arnOf("logs", `log-group:${subject}:*`, place)] }];
    }
    case "stream": {
      const { subject } = targetOf("stream", hop.stream, place);
      const resources = [arnOf("kinesis", `stream/${subject}`, place)];
      return ["ListShards", "GetShardIterator", "GetRecords"].map((name) => ({ action: `kinesis:${name}`, resources }));
    }
    case "metric":
      // CloudWatch knows no resources for its metrics.
      return [{ action: "cloudwatch:GetMetricStatistics", resources: ["*"] }];
    case "item": {
      const { subject } = targetOf("table", hop.table, place);
      return [{ action: "dynamodb:BatchGetItem", resources: [arnOf("dynamodb", `table/${subject}`, place)] }];
    }
    default:
      return hop satisfies never;
  }
}

/** What sending through an entry needs: nothing where it is a public address. */
export function needsOfEntry(entry: Entry, place: Place): Need[] {
  if (entry.kind === "http") return [];
  return [{ action: "s3:PutObject", resources: [objectsOf(entry.bucket, entry.key, place)] }];
}

/** What is looked up of a pipeline's functions after events were found missing: their error lines and metrics. */
export function needsOfClues({ entryFunction, consumerFunction }: Roles, place: Place): Need[] {
  const functions = [entryFunction, consumerFunction].filter((named) => named !== undefined).map(functionNameOf);
  const groups = functions.map((name) => arnOf("logs", `log-group:/aws/lambda/${name}:*`, place));
  if (groups.length === 0) return [];
  return [
    { action: "logs:FilterLogEvents", resources: groups },
    { action: "cloudwatch:GetMetricData", resources: ["*"] },
  ];
}

/** Using what keys protect: reading records, items and objects, and storing objects. */
export function needsOfKeys(keyArns: readonly string[]): Need[] {
  if (keyArns.length === 0) return [];
  return ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => ({ action, resources: keyArns }));
}

/** Keys of objects hold the event's tag. */
function objectsOf(bucket: string, key: string, { partition }: Place): string {
  return `arn:${partition}:s3:::${bucket}/${key.replaceAll("{tag}", "*")}`;
}
