import type { z } from "zod";
import { withoutIndexes } from "./address.ts";
import { homeOf } from "./home.ts";
import { isSettingType } from "./setting-types.ts";
import type { StateError, StateResult } from "./state-error.ts";
import { type RawResource, readStateFile } from "./state-file.ts";
import { type Addressed, type ResourceTypes, resourceTypes, type TwinState } from "./twin-state.ts";

/**
 * Reads the text of `terraform show -json` into the resources that the twin knows. `file` is named in errors.
 * Unknown types become notes; a known resource with a missing or wrongly typed attribute is the one error returned.
 */
export function readState(text: string, file: string): StateResult<TwinState> {
  const raw = readStateFile(text, file);
  if (raw.kind === "error") return raw;
  const home = homeOf(raw.value.resources);
  if (home === undefined) {
    return {
      kind: "error",
      error: {
        code: "state.no-account",
        message: "No resource of the state has an ARN with an account and a region.",
        place: `${file}, values.root_module`,
        remedy: "Use the state of an applied stack: a plan, or a state made with mocked providers, has no ARNs.",
      },
    };
  }
  const reader = new ResourceReader(raw.value.resources, file);
  const resources = readAll(reader);
  if (reader.firstError !== undefined) return { kind: "error", error: reader.firstError };
  return {
    kind: "ok",
    value: {
      ...home,
      ...resources,
      arns: arnsOf(raw.value.resources),
      outputs: raw.value.outputs,
      notes: notesOn(raw.value.resources),
    },
  };
}

function readAll(
  reader: ResourceReader,
): Omit<TwinState, "accountId" | "region" | "partition" | "arns" | "outputs" | "notes"> {
  const t = resourceTypes;
  return {
    functions: reader.read(t.functions),
    functionAliases: reader.read(t.functionAliases),
    functionPermissions: reader.read(t.functionPermissions),
    functionEventInvokeConfigs: reader.read(t.functionEventInvokeConfigs),
    eventSourceMappings: reader.read(t.eventSourceMappings),
    loadBalancers: reader.read(t.loadBalancers),
    listeners: reader.read(t.listeners),
    listenerRules: reader.read(t.listenerRules),
    targetGroups: reader.read(t.targetGroups),
    targetGroupAttachments: reader.read(t.targetGroupAttachments),
    restApis: reader.read(t.restApis),
    restApiResources: reader.read(t.restApiResources),
    restApiMethods: reader.read(t.restApiMethods),
    restApiIntegrations: reader.read(t.restApiIntegrations),
    restApiMethodResponses: reader.read(t.restApiMethodResponses),
    restApiIntegrationResponses: reader.read(t.restApiIntegrationResponses),
    restApiDeployments: reader.read(t.restApiDeployments),
    restApiStages: reader.read(t.restApiStages),
    restApiMethodSettings: reader.read(t.restApiMethodSettings),
    restApiPolicies: reader.read(t.restApiPolicies),
    apiGatewayAccounts: reader.read(t.apiGatewayAccounts),
    buckets: reader.read(t.buckets),
    bucketVersionings: reader.read(t.bucketVersionings),
    bucketEncryptions: reader.read(t.bucketEncryptions),
    bucketNotifications: reader.read(t.bucketNotifications),
    bucketPolicies: reader.read(t.bucketPolicies),
    bucketPublicAccessBlocks: reader.read(t.bucketPublicAccessBlocks),
    bucketOwnershipControls: reader.read(t.bucketOwnershipControls),
    bucketLoggings: reader.read(t.bucketLoggings),
    bucketObjects: reader.read(t.bucketObjects),
    streams: reader.read(t.streams),
    tables: reader.read(t.tables),
    logGroups: reader.read(t.logGroups),
    roles: reader.read(t.roles),
    rolePolicies: reader.read(t.rolePolicies),
    policies: reader.read(t.policies),
    rolePolicyAttachments: reader.read(t.rolePolicyAttachments),
    policyAttachments: reader.read(t.policyAttachments),
    instanceProfiles: reader.read(t.instanceProfiles),
    users: reader.read(t.users),
    keys: reader.read(t.keys),
    keyPolicies: reader.read(t.keyPolicies),
    keyAliases: reader.read(t.keyAliases),
    keyGrants: reader.read(t.keyGrants),
    vpcs: reader.read(t.vpcs),
    subnets: reader.read(t.subnets),
    internetGateways: reader.read(t.internetGateways),
    internetGatewayAttachments: reader.read(t.internetGatewayAttachments),
    natGateways: reader.read(t.natGateways),
    routeTables: reader.read(t.routeTables),
    routes: reader.read(t.routes),
    routeTableAssociations: reader.read(t.routeTableAssociations),
    mainRouteTableAssociations: reader.read(t.mainRouteTableAssociations),
    securityGroups: reader.read(t.securityGroups),
    securityGroupRules: reader.read(t.securityGroupRules),
    ingressRules: reader.read(t.ingressRules),
    egressRules: reader.read(t.egressRules),
    flowLogs: reader.read(t.flowLogs),
    instances: reader.read(t.instances),
    scalableTargets: reader.read(t.scalableTargets),
    scalingPolicies: reader.read(t.scalingPolicies),
  };
}

/** Reads the resources of one kind after another and keeps the first error of all. */
class ResourceReader {
  readonly #resources: readonly RawResource[];
  readonly #file: string;
  firstError: StateError | undefined;

  constructor(resources: readonly RawResource[], file: string) {
    this.#resources = resources.filter((resource) => resource.mode === "managed");
    this.#file = file;
  }

  read<T extends z.ZodType<object>>(kind: {
    readonly types: readonly string[];
    readonly shape: T;
  }): Addressed<z.infer<T>>[] {
    const read: Addressed<z.infer<T>>[] = [];
    for (const { address, type, values, dependsOn } of this.#resources) {
      if (!kind.types.includes(type)) continue;
      const parsed = kind.shape.safeParse(values);
      if (parsed.success) read.push({ ...parsed.data, address, ...(dependsOn && { dependsOn }) });
      else this.firstError ??= malformed(this.#file, address, parsed.error.issues[0]);
    }
    return read;
  }
}

function arnsOf(resources: readonly RawResource[]): Map<string, string[]> {
  const arns = new Map<string, string[]>();
  for (const { mode, address, values } of resources) {
    const arn = values["arn"];
    if (mode !== "managed" || typeof arn !== "string" || arn === "") continue;
    const plain = withoutIndexes(address);
    arns.set(plain, [...(arns.get(plain) ?? []), arn]);
  }
  return arns;
}

function malformed(file: string, address: string, issue: z.core.$ZodIssue | undefined): StateError {
  const attribute = issue?.path.map(String).join(".") ?? "";
  return {
    code: "state.resource-malformed",
    message: `${address}: attribute ${attribute} is not what the AWS provider writes (${issue?.message ?? "wrong shape"}).`,
    place: `${file}, ${address}, ${attribute}`,
    remedy: "Apply the stack, then write the state anew with `terraform show -json` and AWS provider 5.100 or 6.",
  };
}

function notesOn(resources: readonly RawResource[]): string[] {
  const known = new Set<string>(Object.values(resourceTypes satisfies ResourceTypes).flatMap(({ types }) => types));
  const ignored = new Map<string, string[]>();
  for (const { address, type, mode } of resources) {
    if (mode !== "managed" || known.has(type) || isSettingType(type)) continue;
    const addresses = ignored.get(type) ?? [];
    addresses.push(address);
    ignored.set(type, addresses);
  }
  return [...ignored].map(
    ([type, addresses]) => `ignored ${type}, which the twin does not play: ${addresses.join(", ")}`,
  );
}
