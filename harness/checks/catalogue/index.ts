import type { Rule } from "../rule.ts";
import { albIngressClosed } from "./alb.ingress-closed/rule.ts";
import { albIngressTooOpen } from "./alb.ingress-too-open/rule.ts";
import { albNotPublic } from "./alb.not-public/rule.ts";
import { albTargetNotLambda } from "./alb.target-not-lambda/rule.ts";
import { apiAccessLogsMissing } from "./api.access-logs-missing/rule.ts";
import { apiEndpointDisabled } from "./api.endpoint-disabled/rule.ts";
import { apiIntegrationBroken } from "./api.integration-broken/rule.ts";
import { bucketBlocksDestroy } from "./bucket.blocks-destroy/rule.ts";
import { bucketNotificationNotPermitted } from "./bucket.notification-not-permitted/rule.ts";
import { bucketNotificationOverwritten } from "./bucket.notification-overwritten/rule.ts";
import { bucketTransport } from "./bucket.transport/rule.ts";
import { bucketUnencrypted } from "./bucket.unencrypted/rule.ts";
import { flowLogsNotDelivering } from "./flow-logs.not-delivering/rule.ts";
import { functionCodeDrift } from "./function.code-drift/rule.ts";
import { functionPackageUnstable } from "./function.package-unstable/rule.ts";
import { functionTableAccessDenied } from "./function.table-access-denied/rule.ts";
import { functionTableAccessTooWide } from "./function.table-access-too-wide/rule.ts";
import { ingestPathMissing } from "./ingest.path-missing/rule.ts";
import { instanceProofFailed } from "./instance.proof-failed/rule.ts";
import { keyPrincipalUnresolved } from "./key.principal-unresolved/rule.ts";
import { keyServiceBlocked } from "./key.service-blocked/rule.ts";
import { logGroupUnencrypted } from "./log-group.unencrypted/rule.ts";
import { logsBucketUnhardened } from "./logs-bucket.unhardened/rule.ts";
import { outputsIncomplete } from "./outputs.incomplete/rule.ts";
import { streamKeyUnusable } from "./stream.key-unusable/rule.ts";
import { streamNoConsumer } from "./stream.no-consumer/rule.ts";
import { streamNoProducer } from "./stream.no-producer/rule.ts";
import { tableAutoscalingIneffective } from "./table.autoscaling-ineffective/rule.ts";
import { tableNoRecovery } from "./table.no-recovery/rule.ts";

/** Every rule, in the order of the ways that such stacks break: first the stream's pipeline, then the bucket's and the API's. */
export const RULES: readonly Rule[] = [
  albNotPublic,
  albIngressClosed,
  albIngressTooOpen,
  albTargetNotLambda,
  tableAutoscalingIneffective,
  streamKeyUnusable,
  keyPrincipalUnresolved,
  logsBucketUnhardened,
  flowLogsNotDelivering,
  functionCodeDrift,
  ingestPathMissing,
  streamNoProducer,
  streamNoConsumer,
  bucketNotificationNotPermitted,
  functionTableAccessDenied,
  functionTableAccessTooWide,
  keyServiceBlocked,
  bucketTransport,
  bucketUnencrypted,
  functionPackageUnstable,
  apiEndpointDisabled,
  apiIntegrationBroken,
  logGroupUnencrypted,
  bucketNotificationOverwritten,
  tableNoRecovery,
  bucketBlocksDestroy,
  instanceProofFailed,
  apiAccessLogsMissing,
  outputsIncomplete,
];
