import type { RoleSetting } from "../../model/settings/identity-setting.ts";
import { arnOf } from "../../model/settings/place.ts";
import type { RuleContext } from "../rule.ts";
import { callOfRole, callOfService } from "./calls.ts";
import { decide, firstDenied } from "./decide.ts";
import { policiesOfResource, policiesOfRole, trustOf } from "./policies.ts";
import type { Denied } from "./request.ts";

/** What keeps a service from writing to a log group by way of a role; null where nothing does. */
export type WritingDenied =
  | { readonly kind: "not-trusted"; readonly denied: Denied }
  | { readonly kind: "may-not-write"; readonly denied: Denied };

/**
 * Whether a service may take on a role and write log events with it. The group exists, so it need not be made.
 *
 * @param source The resource that the service acts for; null where the AWS pages do not name it.
 * @throws CannotTell
 */
export function logWritingDenied(
  service: string,
  source: string | null,
  role: RoleSetting,
  logGroupName: string,
  context: RuleContext,
): WritingDenied | null {
  const from = { arn: source, accountId: context.accountId };
  const assume = callOfService(service, from, { action: "sts:AssumeRole", resourceArn: role.arn }, context);
  const trusted = decide(assume, policiesOfResource(trustOf(role)));
  if (trusted.kind === "denied") return { kind: "not-trusted", denied: trusted };
  const resourceArn = arnOf("logs", `log-group:${logGroupName}:log-stream:stackproof`, context);
  const writes = ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
    callOfRole(role, null, { action, resourceArn }, context),
  );
  const denied = firstDenied(writes, policiesOfRole(role));
  return denied === null ? null : { kind: "may-not-write", denied };
}
