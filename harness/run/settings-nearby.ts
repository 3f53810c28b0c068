import { rolesFunctions } from "../checks/role-functions.ts";
import type { SeenFailure } from "../diagnose/explain.ts";
import { provesCut } from "../model/finding-code.ts";
import type { Account } from "../model/settings/account.ts";
import type { Place } from "../model/settings/place.ts";
import type { AnySettingKind, SettingOf } from "../model/settings/setting.ts";

/**
 * What the account says of the resources that decide whether an event goes on: for a failure that no rule accounts for, where a
 * person would look next. A filter, a prefix, a time-out or a table's name may be right in itself and wrong for these events.
 */
export function settingsNearby(account: Account, place: Place): (seen: SeenFailure) => readonly string[] {
  return ({ failure, scenario }) => {
    if (!provesCut(failure.observation.code)) return [];
    const { entry, roles } = scenario;
    const functions = rolesFunctions({ ...place, roles });
    const found = <Kind extends AnySettingKind>(kind: Kind, references: readonly (string | undefined)[]) =>
      references.map((reference) => account.find(kind, reference)).filter((setting) => setting !== undefined);
    return [
      ...(entry.kind === "s3" ? found("bucket", [roles.bucket]).flatMap(describeNotifications) : []),
      ...found("event-source-mappings", functions).flatMap(describeMappings),
      ...found("function", functions).map(describeFunction),
      ...found("table", [roles.table]).map(describeTable),
    ];
  };
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
