import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Roles } from "../../model/role.ts";
import type { Need } from "../../model/settings/need.ts";
import type { Place } from "../../model/settings/place.ts";
import type { Setting, SettingKind, SettingOf } from "../../model/settings/setting.ts";
import { type Target, targetOf } from "../../model/settings/subject.ts";
import type { Asker } from "./asker.ts";

/** Clients that do not retry by themselves (`maxAttempts: 1`). Each is made when first asked for. */
export interface ReadClients {
  apiGateway(): Promise<APIGatewayClient>;
  applicationAutoScaling(): Promise<ApplicationAutoScalingClient>;
  cloudwatchLogs(): Promise<CloudWatchLogsClient>;
  dynamodb(): Promise<DynamoDBClient>;
  ec2(): Promise<EC2Client>;
  elbv2(): Promise<ElasticLoadBalancingV2Client>;
  iam(): Promise<IAMClient>;
  kinesis(): Promise<KinesisClient>;
  kms(): Promise<KMSClient>;
  lambda(): Promise<LambdaClient>;
  s3(): Promise<S3Client>;
}

export interface ReadTools extends Asker {
  readonly clients: ReadClients;
  readonly place: Place;
  /** Names of the deployment: what else a function's environment holds may be a secret (`known-values.ts`). */
  readonly knownNames: ReadonlySet<string>;
}

/** How one kind of setting is read. */
export interface Reader<K extends SettingKind> {
  readonly kind: K;
  /** The references to such settings in a pipeline's roles: reading starts with them. Omitted if only other settings name them. */
  namedBy?(roles: Roles, place: Place): readonly (string | undefined)[];
  /** Whether other settings may name it, so that before a run its name is unknown. */
  readonly isLinked: boolean;
  /** Permissions for reading it. The subject `*` means any. */
  needs(subject: string, place: Place): readonly Need[];
  /**
   * The setting; undefined if the service says that it does not exist.
   * @throws Unread
   */
  read(subject: string, tools: ReadTools): Promise<SettingOf<K> | undefined>;
  /** The settings that this one names, to be read next. */
  links(setting: SettingOf<K>, place: Place): readonly Target[];
}

/** A setting that was found, and what it names. */
export interface Found {
  readonly setting: Setting;
  readonly links: readonly Target[];
}

/** A reader whose kind is not known to the caller. */
export interface AnyReader {
  readonly kind: SettingKind;
  readonly isLinked: boolean;
  /** The settings that reading starts with. */
  start(roles: Roles, place: Place): readonly Target[];
  needs(subject: string, place: Place): readonly Need[];
  find(subject: string, tools: ReadTools): Promise<Found | undefined>;
}

export function anyReader<K extends SettingKind>(reader: Reader<K>): AnyReader {
  return {
    kind: reader.kind,
    isLinked: reader.isLinked,
    start: (roles, place) =>
      (reader.namedBy?.(roles, place) ?? []).flatMap((reference) =>
        reference === undefined ? [] : targetOf(reader.kind, reference, place),
      ),
    needs: reader.needs,
    async find(subject, tools) {
      const setting = await reader.read(subject, tools);
      return setting === undefined ? undefined : { setting, links: reader.links(setting, tools.place) };
    },
  };
}
