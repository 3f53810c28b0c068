import type { Rule } from "../rule.ts";
import { albTargetNotLambda } from "./alb-target-not-lambda.ts";
import { apiAccessLogsMissing } from "./api-access-logs-missing.ts";
import { apiIntegrationBroken } from "./api-integration-broken.ts";
import { bucketNotificationNotPermitted } from "./bucket-notification-not-permitted.ts";
import { bucketTransport } from "./bucket-transport.ts";
import { flowLogsNotDelivering } from "./flow-logs-not-delivering.ts";
import { functionTableAccessDenied } from "./function-table-access-denied.ts";
import { functionTableAccessTooWide } from "./function-table-access-too-wide.ts";
import { instanceProofFailed } from "./instance-proof-failed.ts";
import { keyPrincipalUnresolved } from "./key-principal-unresolved.ts";
import { keyServiceBlocked } from "./key-service-blocked.ts";
import { logsBucketUnhardened } from "./logs-bucket-unhardened.ts";
import { streamKeyUnusable } from "./stream-key-unusable.ts";
import { streamNoProducer } from "./stream-no-producer.ts";

/** The rules that ask what policies grant. */
export const POLICY_RULES: readonly Rule[] = [
  albTargetNotLambda,
  streamKeyUnusable,
  keyPrincipalUnresolved,
  logsBucketUnhardened,
  flowLogsNotDelivering,
  streamNoProducer,
  bucketNotificationNotPermitted,
  functionTableAccessDenied,
  functionTableAccessTooWide,
  keyServiceBlocked,
  bucketTransport,
  apiIntegrationBroken,
  instanceProofFailed,
  apiAccessLogsMissing,
];
