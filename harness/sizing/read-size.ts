import type { Roles } from "../model/role.ts";
import type { Account } from "../model/settings/account.ts";
import type { Place } from "../model/settings/place.ts";
import type { AnySettingKind, SettingOf } from "../model/settings/setting.ts";
import { stageSubject, subjectOf } from "../model/settings/subject.ts";
import type { CapacityRange, FunctionSize, StackSize } from "../model/stack-size.ts";

/** How large a pipeline's parts are. What was not read is null and named in `unread`. */
export function readSize(account: Account, roles: Roles, place: Place): StackSize {
  const unread: { part: string; reason: string }[] = [];
  const find = <Kind extends AnySettingKind>(
    kind: Kind,
    reference: string | undefined,
  ): SettingOf<Kind> | undefined => {
    if (reference === undefined) return undefined;
    const looked = account.look(kind, reference);
    if (looked.kind === "read") return looked.setting;
    const reason = looked.kind === "unread" ? `${looked.error.code}: ${looked.error.message}` : "it was not read";
    if (looked.kind !== "absent") unread.push({ part: `${kind} ${reference}`, reason });
    return undefined;
  };
  const stream = find("stream", roles.stream);
  const table = find("table", roles.table);
  const scaling = table?.billingMode === "PROVISIONED" ? find("scaling", roles.table) : undefined;
  const stage = roles.api === undefined ? undefined : find("api-stage", stageSubject(roles.api, roles.apiStage ?? ""));
  return {
    region: place.region,
    stream:
      stream === undefined
        ? null
        : { name: stream.name, openShards: stream.openShards, isOnDemand: stream.mode === "ON_DEMAND" },
    table:
      table === undefined
        ? null
        : {
            name: table.name,
            isOnDemand: table.billingMode === "PAY_PER_REQUEST",
            writeCapacity: table.writeCapacity,
            readCapacity: table.readCapacity,
            writeScaling: rangeOf(scaling, "dynamodb:table:WriteCapacityUnits"),
            readScaling: rangeOf(scaling, "dynamodb:table:ReadCapacityUnits"),
          },
    entryFunction: functionSize(find("function", roles.entryFunction)),
    consumerFunction: functionSize(find("function", roles.consumerFunction)),
    mapping:
      roles.stream === undefined
        ? null
        : mappingOf(find("event-source-mappings", roles.consumerFunction), roles.stream, place),
    api: roles.api === undefined ? null : { name: roles.api, ...throttleOf(stage, roles.apiRoute) },
    loadBalancer: roles.loadBalancer ?? null,
    unread,
  };
}

function functionSize(setting: SettingOf<"function"> | undefined): FunctionSize | null {
  if (setting === undefined) return null;
  return { name: setting.name, memoryMb: setting.memoryMiB, reservedConcurrency: setting.reservedConcurrency };
}

function rangeOf(setting: SettingOf<"scaling"> | undefined, dimension: string): CapacityRange | null {
  const target = setting?.targets.find((one) => one.dimension === dimension && !one.suspended);
  return target === undefined ? null : { min: target.minimum, max: target.maximum };
}

function mappingOf(
  setting: SettingOf<"event-source-mappings"> | undefined,
  stream: string,
  place: Place,
): StackSize["mapping"] {
  const subject = subjectOf("stream", stream, place);
  const mapping = setting?.mappings.find(
    ({ eventSourceArn }) => subjectOf("stream", eventSourceArn, place) === subject,
  );
  if (mapping === undefined) return null;
  return { batchSize: mapping.batchSize, parallelization: mapping.parallelizationFactor ?? null };
}

/** A method's own throttling counts before the stage's. */
function throttleOf(
  stage: SettingOf<"api-stage"> | undefined,
  route: string | undefined,
): { readonly requestsPerSecond: number | null; readonly burst: number | null } {
  const [method = "", path = ""] = (route ?? "").split(" ");
  const ownKey = `~1${path.replace(/^\//, "").replaceAll("/", "~1")}/${method}`;
  const throttles = stage?.throttles ?? [];
  const own = throttles.find((one) => one.method === ownKey) ?? throttles.find((one) => one.method === "*/*");
  return { requestsPerSecond: own?.requestsPerSecond ?? null, burst: own?.burst ?? null };
}
