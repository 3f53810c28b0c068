import type { Row } from "../variant.ts";
import { albIngressClosed } from "./alb-ingress-closed.ts";
import { albIngressTooOpen } from "./alb-ingress-too-open.ts";
import { albNotPublic } from "./alb-not-public.ts";
import { albTargetNotLambda } from "./alb-target-not-lambda.ts";
import { apiAccessLogsMissing } from "./api-access-logs-missing.ts";
import { apiIntegrationBroken } from "./api-integration-broken.ts";
import { bucketBlocksDestroy } from "./bucket-blocks-destroy.ts";
import { bucketNotificationNotPermitted } from "./bucket-notification-not-permitted.ts";
import { bucketNotificationOverwritten } from "./bucket-notification-overwritten.ts";
import { bucketTransport } from "./bucket-transport.ts";
import { bucketUnencrypted } from "./bucket-unencrypted.ts";
import { flowLogsNotDelivering } from "./flow-logs-not-delivering.ts";
import { functionCodeDrift } from "./function-code-drift.ts";
import { functionPackageUnstable } from "./function-package-unstable.ts";
import { functionTableAccessDenied } from "./function-table-access-denied.ts";
import { functionTableAccessTooWide } from "./function-table-access-too-wide.ts";
import { ingestPathMissing } from "./ingest-path-missing.ts";
import { instanceProofFailed } from "./instance-proof-failed.ts";
import { keyPrincipalUnresolved } from "./key-principal-unresolved.ts";
import { keyServiceBlocked } from "./key-service-blocked.ts";
import { logGroupUnencrypted } from "./log-group-unencrypted.ts";
import { logsBucketUnhardened } from "./logs-bucket-unhardened.ts";
import { outputsIncomplete } from "./outputs-incomplete.ts";
import { streamKeyUnusable } from "./stream-key-unusable.ts";
import { streamNoProducer } from "./stream-no-producer.ts";
import { tableAutoscalingIneffective } from "./table-autoscaling-ineffective.ts";
import { tableNoRecovery } from "./table-no-recovery.ts";

/** In the order of FAILURES.md. B13, `consistency.asserted-too-soon`, is the harness' own: its ways stand in `healthy/`. */
export const ROWS: readonly Row[] = [
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
  bucketNotificationNotPermitted,
  functionTableAccessDenied,
  functionTableAccessTooWide,
  keyServiceBlocked,
  bucketTransport,
  bucketUnencrypted,
  functionPackageUnstable,
  apiIntegrationBroken,
  logGroupUnencrypted,
  bucketNotificationOverwritten,
  tableNoRecovery,
  bucketBlocksDestroy,
  instanceProofFailed,
  apiAccessLogsMissing,
  outputsIncomplete,
];
