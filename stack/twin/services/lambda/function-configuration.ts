import type { Resource, TwinState } from "../../state/twin-state.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedUuid } from "../derived.ts";
import { type Mapping, mapped } from "../mapping.ts";
import type { FunctionPackage } from "./function-packages.ts";
import { aliasOf } from "./lambda-parts.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/API_FunctionConfiguration.html */
const configuration: Mapping<Resource<"functions">> = {
  FunctionName: "function_name",
  Runtime: "runtime",
  Role: "role",
  Handler: "handler",
  Description: ({ description }) => description ?? "",
  Timeout: "timeout",
  MemorySize: "memory_size",
  LastModified: ({ last_modified }) => lambdaTime(last_modified),
  VpcConfig: ({ vpc_config }) =>
    vpc_config && {
      SubnetIds: vpc_config.subnet_ids,
      SecurityGroupIds: vpc_config.security_group_ids,
      VpcId: vpc_config.vpc_id ?? "",
      Ipv6AllowedForDualStack: false,
    },
  DeadLetterConfig: ({ dead_letter_config }) => dead_letter_config && { TargetArn: dead_letter_config.target_arn },
  Environment: ({ environment }) => environment && { Variables: environment.variables },
  KMSKeyArn: "kms_key_arn",
  TracingConfig: ({ tracing_config }) => ({ Mode: tracing_config?.mode ?? "PassThrough" }),
  RevisionId: ({ arn }) => derivedUuid(`${arn} revision`),
  Layers: ({ layers }) => (layers.length === 0 ? undefined : layers.map((Arn) => ({ Arn }))),
  State: () => "Active",
  LastUpdateStatus: () => "Successful",
  PackageType: "package_type",
  Architectures: ({ architectures }) => (architectures.length === 0 ? ["x86_64"] : architectures),
  EphemeralStorage: ({ ephemeral_storage }) => ({ Size: ephemeral_storage?.size ?? 512 }),
  SnapStart: () => ({ ApplyOn: "None", OptimizationStatus: "Off" }),
  LoggingConfig: ({ function_name, logging_config }) => ({
    LogFormat: logging_config?.log_format ?? "Text",
    ApplicationLogLevel: logging_config?.application_log_level,
    SystemLogLevel: logging_config?.system_log_level,
    LogGroup: logging_config?.log_group ?? `/aws/lambda/${function_name}`,
  }),
};

/**
 * A function as GetFunctionConfiguration shows it. Its code is described by what was applied: where that is not what the zips hold,
 * the account shows an old hash, as AWS does until the next apply.
 */
export async function functionConfiguration(
  { state, packages }: Pick<ControlPlaneParts, "state" | "packages">,
  resource: Resource<"functions">,
  qualifier?: string,
): Promise<Record<string, unknown>> {
  const zip = statedPackage(resource) ?? (await packages.packageOf(resource.function_name));
  return {
    ...mapped(resource, configuration),
    ...versionOf(state, resource, qualifier),
    CodeSha256: zip?.codeSha256 ?? "",
    CodeSize: zip?.codeSizeBytes ?? 0,
  };
}

function versionOf(state: TwinState, resource: Resource<"functions">, qualifier: string | undefined) {
  if (qualifier === undefined) return { FunctionArn: resource.arn, Version: "$LATEST" };
  const version = aliasOf(state, resource, qualifier)?.function_version ?? qualifier;
  return { FunctionArn: `${resource.arn}:${qualifier}`, Version: version };
}

/** What the state says of the package; undefined where it holds no hash. */
function statedPackage(resource: Resource<"functions">): FunctionPackage | undefined {
  const codeSha256 = resource.code_sha256 ?? resource.source_code_hash;
  return codeSha256 === undefined ? undefined : { codeSha256, codeSizeBytes: resource.source_code_size ?? 0 };
}

/** Lambda writes its times with milliseconds and a numeric zone: 2025-01-01T00:00:00.000+0000. */
function lambdaTime(text: string | undefined): string | undefined {
  const epochMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(epochMs) ? text : new Date(epochMs).toISOString().replace("Z", "+0000");
}
