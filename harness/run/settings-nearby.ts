import { rolesFunctions } from "../checks/role-functions.ts";
import type { SeenFailure } from "../diagnose/explain.ts";
import type { Fact } from "../model/fact.ts";
import { provesCut } from "../model/finding-code.ts";
import { type Account, accountOf } from "../model/settings/account.ts";
import type { Place } from "../model/settings/place.ts";
import type { SettingKind, SettingOf } from "../model/settings/setting.ts";
import { subjectOf } from "../model/settings/subject.ts";

/**
 * What the account says of the resources that decide whether an event goes on: for a failure that no rule accounts for, where a
 * person would look next. A filter, a prefix, a time-out or a table's name may be right in itself and wrong for these events.
 */
export function settingsNearby(facts: readonly Fact[], place: Place): (seen: SeenFailure) => readonly string[] {
  const account = accountOf(facts);
  return ({ failure, scenario }) => {
    if (!provesCut(failure.observation.code)) return [];
    const { roles } = scenario;
    const context = { ...place, roles };
    const functions = rolesFunctions(context);
    const mappings = functions.flatMap((name) => found(account, "event-source-mappings", name));
    const bucket = roles.bucket === undefined ? [] : found(account, "bucket", subjectOf("bucket", roles.bucket, place));
    const table = roles.table === undefined ? [] : found(account, "table", subjectOf("table", roles.table, place));
    return [
      ...(scenario.entry.kind === "s3" ? bucket.flatMap(describeNotifications) : []),
      ...mappings.flatMap(describeMappings),
      ...functions.flatMap((name) => found(account, "function", name)).map(describeFunction),
      ...table.map(describeTable),
    ];
  };
}

function found<Kind extends SettingKind>(account: Account, kind: Kind, subject: string): readonly SettingOf<Kind>[] {
  const looked = account.look(kind, subject);
  return looked.kind === "read" ? [looked.setting] : [];
}

function describeNotifications({ name, functionNotifications }: SettingOf<"bucket">): string[] {
  return functionNotifications.map(
    ({ id, events, prefix, suffix, functionArn }) =>
      `notification ${id} of bucket ${name}: ${events.join(", ")} of keys ${prefix}*${suffix} → ${functionArn}`,
  );
}

function describeMappings({ functionName, mappings }: SettingOf<"event-source-mappings">): string[] {
  return mappings.map(({ uuid, state, eventSourceArn, batchSize, maximumRetryAttempts, filterPatterns }) => {
    const filters = filterPatterns.length === 0 ? "no filter" : `filters ${filterPatterns.join(" or ")}`;
    const retries = maximumRetryAttempts < 0 ? "retried until they expire" : `retried ${maximumRetryAttempts} times`;
    return `mapping ${uuid} of ${functionName} from ${eventSourceArn}: ${state}, batches of ${batchSize}, ${retries}, ${filters}`;
  });
}

function describeFunction(setting: SettingOf<"function">): string {
  const { name, handler, runtime, timeoutSeconds, reservedConcurrency, environment } = setting;
  const concurrency = reservedConcurrency === null ? "" : `, reserved concurrency ${reservedConcurrency}`;
  const variables = Object.entries(environment).map(([key, value]) => `${key}=${value ?? "…"}`);
  return `function ${name}: ${handler} on ${runtime}, time-out ${timeoutSeconds} s${concurrency}, variables ${variables.join(" ") || "none"}`;
}

function describeTable({ name, status, keySchema }: SettingOf<"table">): string {
  const key = keySchema.map(({ attribute, keyType, attributeType }) => `${attribute} (${keyType}, ${attributeType})`);
  return `table ${name}: ${status}, key ${key.join(" and ")}`;
}
