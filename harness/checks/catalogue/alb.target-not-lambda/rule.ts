import type { Remedy } from "../../../model/finding.ts";
import { nameIn } from "../../../model/resource-name.ts";
import type { FunctionSetting } from "../../../model/settings/function-setting.ts";
import type { TargetGroupSetting } from "../../../model/settings/load-balancer-setting.ts";
import { mayInvoke } from "../../invoking.ts";
import { becauseOf, cannotTell, evidenceOf, judging, passes, settingOf } from "../../judging.ts";
import { expression, letInvoke, lines, resource, terraform, within } from "../../remedy.ts";
import type { Broken, Rule } from "../../rule.ts";

const ELB = "elasticloadbalancing.amazonaws.com";

/**
 * A load balancer invokes a function by a target group of type lambda, to which the function is registered, and by a permission
 * of the function for that very target group.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albTargetNotLambda: Rule = {
  code: "alb.target-not-lambda",
  severity: "flow",
  title: "The target group invokes the entry function",
  breaks: "The load balancer cannot invoke the function behind it, and answers 502 or 503.",
  reads: ["target-group", "function", "function-policy"],
  needs: ["targetGroup", "entryFunction"],
  remedy:
    'aws_lb_target_group with target_type = "lambda", aws_lb_target_group_attachment with the function\'s ARN, and aws_lambda_permission with principal = "elasticloadbalancing.amazonaws.com" and source_arn = the target group\'s ARN.',

  judge(account, context) {
    const { targetGroup = "", entryFunction = "" } = context.roles;
    const subject = `target group ${nameIn(targetGroup)}`;
    return judging(subject, () => {
      const group = settingOf(account, "target-group", targetGroup);
      if (group === null) return broken(targetGroup, `The target group ${targetGroup} does not exist.`, [], CREATE);
      if (group.targetType !== "lambda") return ofOtherType(group);
      const fn = settingOf(account, "function", entryFunction);
      // That there is no function at all is for ingest.path-missing to say.
      if (fn === null) return null;
      const target = group.targets.find(({ id }) => id === fn.arn || id.startsWith(`${fn.arn}:`));
      if (target === undefined) return notAttached(group, fn);
      if (target.id !== fn.arn) throw policyOfVersionNotRead(target.id);
      const decision = mayInvoke(ELB, group.arn, fn, account, context);
      if (decision.kind === "denied") {
        return broken(
          targetGroup,
          `The load balancer may not invoke ${fn.name} for this target group: ${becauseOf(decision)}.`,
          evidenceOf(decision),
          letInvoke("load_balancer", { functionName: fn.name, principal: ELB, sourceArn: group.arn }),
        );
      }
      return passes(`The target group is of type lambda, and may invoke ${fn.name}, which is registered to it.`, [
        `target ${target.id}`,
        `allowed by ${decision.by}`,
      ]);
    });
  },
};

const LAMBDA_TARGETS = lines({ target_type: "lambda" });
const CREATE = terraform(
  'Create an aws_lb_target_group with target_type = "lambda", attach the function, and name the group in the listener.',
  within("aws_lb_target_group", LAMBDA_TARGETS),
);

function ofOtherType({ arn, targetType }: TargetGroupSetting): Broken {
  return broken(
    arn,
    `The target group is of type ${targetType}: it sends requests to addresses in the network and cannot invoke a function.`,
    [`target type ${targetType}`],
    terraform(
      `Set target_type = "lambda" on the aws_lb_target_group of ${nameIn(arn)} (it is replaced: give it create_before_destroy or another name).`,
      within(`aws_lb_target_group of ${nameIn(arn)}`, LAMBDA_TARGETS),
    ),
  );
}

function notAttached({ arn, targets }: TargetGroupSetting, fn: FunctionSetting): Broken {
  const registered =
    targets.length === 0 ? "nothing is registered" : `${targets.map(({ id }) => id).join(", ")} is registered`;
  return broken(
    arn,
    `The function ${fn.name} is not a target of the group: ${registered}, and requests get 503 or go elsewhere.`,
    [registered],
    terraform(
      `Attach ${fn.name} to the target group.`,
      resource("aws_lb_target_group_attachment", "ingest", {
        target_group_arn: arn,
        target_id: fn.arn,
        depends_on: [expression("aws_lambda_permission.load_balancer")],
      }),
    ),
  );
}

/** A version or alias has a separate policy, and only that one counts. */
function policyOfVersionNotRead(targetId: string): Error {
  return cannotTell(
    `Whether ${targetId} may be invoked cannot be told: the policy of a version or alias is not read.`,
    `Look at it with aws lambda get-policy --function-name ${targetId}.`,
  );
}

function broken(targetGroup: string, cause: string, evidence: readonly string[], remedy: Remedy): Broken {
  const statement = `The load balancer does not reach the function through the target group ${nameIn(targetGroup)}.`;
  return { verdict: "fail", statement, evidence, cause, remedy, cuts: ["entry-function"] };
}
