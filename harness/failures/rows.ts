import { albIngressClosed } from "../checks/catalogue/alb.ingress-closed/failures.ts";
import { albIngressTooOpen } from "../checks/catalogue/alb.ingress-too-open/failures.ts";
import { albNotPublic } from "../checks/catalogue/alb.not-public/failures.ts";
import { albTargetNotLambda } from "../checks/catalogue/alb.target-not-lambda/failures.ts";
import { apiAccessLogsMissing } from "../checks/catalogue/api.access-logs-missing/failures.ts";
import { apiIntegrationBroken } from "../checks/catalogue/api.integration-broken/failures.ts";
import { bucketBlocksDestroy } from "../checks/catalogue/bucket.blocks-destroy/failures.ts";
import { bucketNotificationNotPermitted } from "../checks/catalogue/bucket.notification-not-permitted/failures.ts";
import { bucketNotificationOverwritten } from "../checks/catalogue/bucket.notification-overwritten/failures.ts";
import { bucketTransport } from "../checks/catalogue/bucket.transport/failures.ts";
import { bucketUnencrypted } from "../checks/catalogue/bucket.unencrypted/failures.ts";
import { flowLogsNotDelivering } from "../checks/catalogue/flow-logs.not-delivering/failures.ts";
import { functionCodeDrift } from "../checks/catalogue/function.code-drift/failures.ts";
import { functionPackageUnstable } from "../checks/catalogue/function.package-unstable/failures.ts";
import { functionTableAccessDenied } from "../checks/catalogue/function.table-access-denied/failures.ts";
import { functionTableAccessTooWide } from "../checks/catalogue/function.table-access-too-wide/failures.ts";
import { ingestPathMissing } from "../checks/catalogue/ingest.path-missing/failures.ts";
import { instanceProofFailed } from "../checks/catalogue/instance.proof-failed/failures.ts";
import { keyPrincipalUnresolved } from "../checks/catalogue/key.principal-unresolved/failures.ts";
import { keyServiceBlocked } from "../checks/catalogue/key.service-blocked/failures.ts";
import { logGroupUnencrypted } from "../checks/catalogue/log-group.unencrypted/failures.ts";
import { logsBucketUnhardened } from "../checks/catalogue/logs-bucket.unhardened/failures.ts";
import { outputsIncomplete } from "../checks/catalogue/outputs.incomplete/failures.ts";
import { streamKeyUnusable } from "../checks/catalogue/stream.key-unusable/failures.ts";
import { streamNoProducer } from "../checks/catalogue/stream.no-producer/failures.ts";
import { tableAutoscalingIneffective } from "../checks/catalogue/table.autoscaling-ineffective/failures.ts";
import { tableNoRecovery } from "../checks/catalogue/table.no-recovery/failures.ts";
import type { Row } from "./variant.ts";

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
