import type { Remedy } from "../../../model/finding.ts";
import { nameIn } from "../../../model/resource-name.ts";
import type { Account } from "../../../model/settings/account.ts";
import type { FunctionSetting } from "../../../model/settings/function-setting.ts";
import type { ListenersSetting } from "../../../model/settings/load-balancer-setting.ts";
import { subjectOf } from "../../../model/settings/subject.ts";
import { attempt, CannotTell, existing, judging, passes, settingOf } from "../../judging.ts";
import { type EntryWay, entryListeners, entryWays } from "../../network/entry-ways.ts";
import { textsInJson } from "../../read/known-values.ts";
import { block, resource, terraform } from "../../remedy.ts";
import type { Judged, Rule, RuleContext, RuleResult } from "../../rule.ts";

/**
 * A public way in: a listener rule that forwards the entry's request to the target group of the entry function, and a function that
 * knows the stream. Whether the group may invoke the function is alb.target-not-lambda's, whether the function may write is
 * stream.no-producer's.
 */
export const ingestPathMissing: Rule = {
  code: "ingest.path-missing",
  severity: "flow",
  title: "A listener rule leads events to a function that knows the stream",
  breaks:
    "No listener, no rule that forwards the entry's path to the entry function, no such function, or a function without the stream's name in its environment: events have no way in.",
  reads: ["listeners", "target-group", "function"],
  needs: ["loadBalancer", "entryFunction"],
  remedy:
    "Add aws_lb_listener (or aws_lb_listener_rule) that forwards the entry's path to the target group of the function, and the stream's name to the function's environment.",

  judge(account, context) {
    const { stream, entryFunction = "" } = context.roles;
    const name = subjectOf("function", entryFunction, context);
    const subject = `function ${name}`;
    if (account.look("function", name).kind === "absent") return judging(subject, () => noFunction(subject, name));
    return [
      ...judgeWay(name, account, context),
      ...judging(subject, () => {
        if (stream === undefined) return null;
        const fn = existing(account, "function", name);
        return judgeEnvironment(subject, fn, subjectOf("stream", stream, context), stream);
      }),
    ];
  },
};

function judgeWay(functionName: string, account: Account, context: RuleContext): readonly RuleResult[] {
  const arn = context.roles.loadBalancer ?? "";
  const subject = `load balancer ${nameIn(arn)}`;
  return judging(subject, () => {
    const setting = settingOf(account, "listeners", arn, `the listeners of ${subject}`);
    // A load balancer that does not exist is alb.not-public's.
    if (setting === null) return null;
    const ways = entryWays(setting.listeners, context);
    const leads = ways.map((way) => ({ way, isEntry: attempt(() => leadsTo(way, functionName, account, context)) }));
    const found = leads.find(({ isEntry }) => isEntry === true);
    if (found !== undefined)
      return passes(`The ${subject} forwards ${requestIn(context)} to ${functionName}.`, [describeWay(found.way)]);
    for (const { isEntry } of leads) if (isEntry instanceof CannotTell) throw isEntry;
    return noWay(subject, functionName, setting, ways, context);
  });
}

/**
 * The pipeline's own target group is right whatever is in it; any other is where the function is a target of it.
 *
 * @throws CannotTell where a target group that may be right was not read.
 */
function leadsTo({ rule }: EntryWay, functionName: string, account: Account, context: RuleContext): boolean {
  if (rule.action !== "forward") return false;
  const groups = rule.forwardsTo.map(
    (arn) =>
      arn === context.roles.targetGroup ||
      attempt(() =>
        existing(account, "target-group", arn, `target group ${nameIn(arn)}`).targets.some(
          ({ id }) => subjectOf("function", id, context) === functionName,
        ),
      ),
  );
  if (groups.includes(true)) return true;
  for (const group of groups) if (group instanceof CannotTell) throw group;
  return false;
}

function requestIn({ entryRequest }: RuleContext): string {
  return entryRequest === undefined ? "requests" : `${entryRequest.method} ${entryRequest.url}`;
}

function describeWay({ listener, rule }: EntryWay): string {
  const conditions = rule.conditions.map(
    ({ field, values, regexValues }) => `${field} ${[...values, ...regexValues].join(" or ")}`,
  );
  const when = conditions.length > 0 ? ` (${conditions.join(", ")})` : "";
  const targets = rule.forwardsTo.length > 0 ? ` to ${rule.forwardsTo.map(nameIn).join(", ")}` : "";
  return `${listener.protocol} ${listener.port}, rule ${rule.priority}${when}: ${rule.action || "no action"}${targets}`;
}

function noWay(
  subject: string,
  functionName: string,
  { listeners }: ListenersSetting,
  ways: readonly EntryWay[],
  context: RuleContext,
): Judged {
  const meant = entryListeners(listeners, context);
  const group = context.roles.targetGroup ?? `<the target group of ${functionName}>`;
  const evidence = [
    ...(listeners.length === 0 ? ["no listeners"] : []),
    ...ways.map(describeWay),
    ...(ways.length === 0 ? meant.map(({ protocol, port }) => `${protocol} ${port}: no rule takes the request`) : []),
  ];
  const takes = ways.at(-1);
  return {
    verdict: "fail",
    statement: `No listener rule of ${subject} forwards ${requestIn(context)} to ${functionName}.`,
    evidence,
    cause:
      listeners.length === 0
        ? `The ${subject} has no listener, so it accepts no connection and no event comes in.`
        : `${takes === undefined ? "No rule" : `The rule that takes ${requestIn(context)} (${describeWay(takes)})`} does not lead to ${functionName}, so events are answered by something else.`,
    remedy:
      listeners.length === 0
        ? addListener(context.roles.loadBalancer ?? "", group)
        : {
            text: `Forward to "${group}": in the default_action of the aws_lb_listener on port ${meant[0]?.port ?? 80}, or by an aws_lb_listener_rule of a lower priority number than the one in the evidence, with a path_pattern that fits the entry's path.`,
          },
    cuts: [listeners.length === 0 ? "client-entry" : "entry-function"],
  };
}

function addListener(loadBalancer: string, group: string): Remedy {
  const forward = block("default_action", { type: "forward", target_group_arn: group });
  return terraform(
    "Add an aws_lb_listener that forwards to the target group.",
    resource("aws_lb_listener", "http", { load_balancer_arn: loadBalancer, port: 80, protocol: "HTTP" }, forward),
  );
}

function noFunction(subject: string, name: string): Judged {
  return {
    verdict: "fail",
    statement: `There is no ${subject}.`,
    evidence: ["lambda:GetFunction does not know it"],
    cause: `The entry function ${name} that the deployment names does not exist in this account and region: nothing takes events from the load balancer to the stream.`,
    remedy: {
      text: `Add the aws_lambda_function named ${name} and its aws_lb_target_group_attachment, or correct the output that names it, and apply.`,
    },
    cuts: ["entry-function"],
  };
}

function judgeEnvironment(subject: string, fn: FunctionSetting, streamName: string, stream: string): Judged {
  const variables = Object.entries(fn.environment);
  const names = variables.map(([name]) => name).join(", ") || "none";
  const known = variables.find(([, value]) => namesStream(value, stream, streamName));
  if (known !== undefined)
    return passes(`The ${subject} knows the stream ${streamName}.`, [`environment variable ${known[0]}`]);
  if (fn.environmentError !== "")
    return {
      verdict: "unknown",
      statement: `The environment of ${subject} could not be shown.`,
      evidence: [fn.environmentError],
      remedy: `Allow kms:Decrypt on ${fn.keyArn || "the function's key"} to the role that stackproof runs with.`,
    };
  const open = variables.filter(([name, value]) => value === null || isLookedUp(name, value)).map(([name]) => name);
  if (open.length > 0) return mayKnowStream(fn, streamName, open);
  return {
    verdict: "fail",
    statement: `The environment of ${subject} does not name the stream ${streamName}.`,
    evidence: [
      `environment variables: ${names}`,
      ...variables.flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}`])),
    ],
    cause: `None of the environment variables of ${fn.name} (${names}) holds the name or ARN of stream ${streamName}, so the function has nowhere, or the wrong place, to put events.`,
    remedy: {
      text: `In the environment of the aws_lambda_function named ${fn.name} set the variable that its code reads (STREAM_NAME in the reference stack) to aws_kinesis_stream.….name, which is ${streamName}.`,
    },
    cuts: ["function-stream"],
  };
}

function namesStream(value: string | null, stream: string, streamName: string): boolean {
  if (value === null) return false;
  return [value, ...textsInJson(value)].some(
    (text) => text === stream || text === streamName || text.endsWith(`:stream/${streamName}`),
  );
}

/**
 * Whether a variable says where the function finds a value, in place of the value: a parameter, a secret or a configuration.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
function isLookedUp(name: string, value: string): boolean {
  if (/^arn:[^:]*:(ssm|secretsmanager|appconfig):/.test(value) || value.startsWith("/")) return true;
  return /(^|_)(ssm|param|parameter|secret|appconfig)(_|$)|Param(eter)?(Name|Path|Arn|$)/i.test(name);
}

/** A value that is withheld, or looked up when the function runs, is no wrong one: where its events go, only they show. */
function mayKnowStream(fn: FunctionSetting, streamName: string, open: readonly string[]): Judged {
  return {
    verdict: "off",
    statement: `Whether the environment of ${fn.name} leads to the stream ${streamName} is not known: what ${open.join(", ")} holds is withheld or is looked up when the function runs.`,
    evidence: [`environment variables: ${Object.keys(fn.environment).join(", ")}`],
    remedy: `For a check before any event is sent, give ${fn.name} the name or ARN of ${streamName} as the value of a variable.`,
  };
}
