import type { Action, Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerCondition, ListenerRule } from "../../../model/settings/load-balancer-setting.ts";
import { required } from "../unread.ts";

/** A rule as DescribeRules gives it. Single values come in `Values` or in the field's own config, depending on who wrote them. */
export function toListenerRule(rule: Rule, operation: string): ListenerRule {
  const actions = [...required(rule.Actions, "Actions", operation)].sort(
    (one, other) => (one.Order ?? 0) - (other.Order ?? 0),
  );
  return {
    arn: required(rule.RuleArn, "RuleArn", operation),
    priority: rule.IsDefault === true ? "default" : required(rule.Priority, "Priority", operation),
    conditions: (rule.Conditions ?? []).map(toCondition),
    forwardsTo: actions.flatMap(targetGroupsOf),
    action: actions.find(meetsAnonymous)?.Type ?? "",
  };
}

/** Skips authentication that lets unauthenticated requests through. */
function meetsAnonymous({ AuthenticateOidcConfig, AuthenticateCognitoConfig }: Action): boolean {
  const config = AuthenticateOidcConfig ?? AuthenticateCognitoConfig;
  return config?.OnUnauthenticatedRequest !== "allow";
}

function targetGroupsOf({ Type, ForwardConfig, TargetGroupArn }: Action): string[] {
  if (Type !== "forward") return [];
  const weighted = ForwardConfig?.TargetGroups ?? [];
  if (weighted.length === 0) return TargetGroupArn === undefined ? [] : [TargetGroupArn];
  return weighted.flatMap((group) =>
    group.TargetGroupArn === undefined || group.Weight === 0 ? [] : [group.TargetGroupArn],
  );
}

function toCondition(condition: RuleCondition): ListenerCondition {
  const patterns = condition.PathPatternConfig ?? condition.HostHeaderConfig ?? condition.HttpHeaderConfig;
  const config = patterns ?? condition.HttpRequestMethodConfig ?? condition.SourceIpConfig;
  const query = condition.QueryStringConfig?.Values?.map(({ Key, Value }) => (Key ? `${Key}=${Value}` : `${Value}`));
  return {
    field: condition.Field ?? "",
    httpHeaderName: condition.HttpHeaderConfig?.HttpHeaderName ?? "",
    values: query ?? config?.Values ?? condition.Values ?? [],
    regexValues: patterns?.RegexValues ?? condition.RegexValues ?? [],
  };
}
