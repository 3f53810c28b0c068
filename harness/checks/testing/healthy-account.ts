import type { Roles } from "../../model/role.ts";
import type { RuleContext } from "../rule.ts";
import { AccountBuilder } from "./account-builder.ts";
import { healthyData } from "./healthy-data.ts";
import { healthyFunctions } from "./healthy-functions.ts";
import { healthyKey } from "./healthy-key.ts";
import { ARNS, NAMES, PLACE } from "./healthy-names.ts";
import { healthyNetwork } from "./healthy-network.ts";
import { healthyRoles } from "./healthy-roles.ts";

export { AccountBuilder, denied } from "./account-builder.ts";
export { ACCOUNT_ID, ARNS, NAMES, PLACE, REGION } from "./healthy-names.ts";

/**
 * The account as the readers see it after an apply of the reference stack, written by hand. Break it with the builder's methods:
 * `healthyAccount().change("bucket", NAMES.contentBucket, () => ({ policy: null })).build()`.
 */
export function healthyAccount(): AccountBuilder {
  return HEALTHY;
}

const HEALTHY = AccountBuilder.of([
  ...healthyNetwork(),
  ...healthyFunctions(),
  ...healthyRoles(),
  healthyKey(),
  ...healthyData(),
]).absent("function-policy", NAMES.processor);

/** The context of one of the reference stack's pipelines; `roles` are put over its own. */
export function contextOf(pipeline: "alb" | "api" | "upload", roles: Partial<Roles> = {}): RuleContext {
  const { entryKind, roles: own } = PIPELINES[pipeline];
  return { ...PLACE, pipeline, entryKind, roles: { ...own, ...roles } };
}

const PIPELINES = {
  alb: {
    entryKind: "alb",
    roles: {
      loadBalancer: ARNS.loadBalancer,
      targetGroup: ARNS.targetGroup,
      vpc: NAMES.vpc,
      logsBucket: NAMES.logsBucket,
      entryFunction: NAMES.ingest,
      stream: NAMES.stream,
      consumerFunction: NAMES.processor,
      table: NAMES.eventsTable,
      key: ARNS.key,
      flowLogGroup: NAMES.flowLogGroup,
    },
  },
  api: {
    entryKind: "api-gateway",
    roles: {
      entryFunction: NAMES.content,
      table: NAMES.contentTable,
      api: NAMES.api,
      apiStage: NAMES.apiStage,
      apiRoute: NAMES.apiRoute,
      key: ARNS.key,
      accessLogGroup: NAMES.accessLogGroup,
    },
  },
  upload: {
    entryKind: "s3",
    roles: {
      entryFunction: NAMES.content,
      table: NAMES.contentTable,
      bucket: NAMES.contentBucket,
      proofInstance: NAMES.proofInstance,
      proofObjectKey: NAMES.proofObjectKey,
      key: ARNS.key,
    },
  },
} as const satisfies Record<string, Pick<RuleContext, "entryKind" | "roles">>;
