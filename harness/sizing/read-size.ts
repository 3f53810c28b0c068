import type { Fact, SettingAbsent, SettingRead, SettingUnread } from "../model/fact.ts";
import { functionNameOf, type Roles } from "../model/role.ts";
import type { AnySetting, AnySettingKind, SettingOf } from "../model/settings/setting.ts";
import type { CapacityRange, FunctionSize, StackSize } from "../model/stack-size.ts";

type SettingFact = SettingRead | SettingAbsent | SettingUnread;

/** How large a pipeline's parts are, from the settings in a journal. What was not read is null and named in `unread`. */
export function readSize(facts: readonly Fact[], roles: Roles, region: string): StackSize {
  const settings = facts.filter(isSettingFact);
  const unread: { part: string; reason: string }[] = [];
  const find = <Kind extends AnySettingKind>(
    kind: Kind,
    reference: string | undefined,
  ): SettingOf<Kind> | undefined => {
    if (reference === undefined) return undefined;
    const found = settings.findLast((fact) => kindOf(fact) === kind && isFor(fact.subject, reference));
    if (found?.fact === "setting") return ofKind(found.setting, kind);
    const reason = found?.fact === "setting-unread" ? `${found.error.code}: ${found.error.message}` : "it was not read";
    if (found?.fact !== "setting-absent") unread.push({ part: `${kind} ${reference}`, reason });
    return undefined;
  };
  const stream = find("stream", roles.stream);
  const table = find("table", roles.table);
  const scaling = table?.billingMode === "PROVISIONED" ? find("scaling", roles.table) : undefined;
  const stage = roles.api === undefined ? undefined : find("api-stage", `${roles.api}/${roles.apiStage ?? ""}`);
  return {
    region,
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
    mapping: mappingOf(
      roles.stream === undefined ? undefined : find("event-source-mappings", roles.consumerFunction),
      roles.stream,
    ),
    api: roles.api === undefined ? null : { name: roles.api, ...throttleOf(stage, roles.apiRoute) },
    loadBalancer: roles.loadBalancer ?? null,
    unread,
  };
}

function isSettingFact(fact: Fact): fact is SettingFact {
  return fact.fact === "setting" || fact.fact === "setting-absent" || fact.fact === "setting-unread";
}

function kindOf(fact: SettingFact): AnySettingKind {
  return fact.fact === "setting" ? fact.setting.kind : fact.kind;
}

/** Settings are asked for by name, and roles may hold an ARN. */
function isFor(subject: string, reference: string): boolean {
  return subject === reference || lastName(subject) === lastName(reference);
}

function lastName(text: string): string {
  if (text.includes(":function:")) return functionNameOf(text);
  return text.startsWith("arn:") ? (text.split(/[/:]/).at(-1) ?? text) : text;
}

function ofKind<Kind extends AnySettingKind>(setting: AnySetting, kind: Kind): SettingOf<Kind> | undefined {
  const is = (one: AnySetting): one is SettingOf<Kind> => one.kind === kind;
  return is(setting) ? setting : undefined;
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
  stream: string | undefined,
): StackSize["mapping"] {
  const mapping = setting?.mappings.find(({ eventSourceArn }) => stream !== undefined && isFor(eventSourceArn, stream));
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
