import { decideOnTable, ITEM_ACTIONS, judgingWriter, tableArnOf } from "../../iam/table-access.ts";
import { mustBeDecided, passes } from "../../judging.ts";
import { lines, terraform, within } from "../../remedy.ts";
import type { Rule } from "../../rule.ts";

/**
 * What the function's role may do to items ends at tables that its policies name. Tried on tables that nobody has: what is
 * allowed there comes from a wildcard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export const functionTableAccessTooWide: Rule = {
  code: "function.table-access-too-wide",
  severity: "advice",
  title: "The function may use no tables but its own",
  breaks:
    "Events pass all the same; but a mistake in the function, or whoever takes it over, reaches other stacks' tables.",
  reads: ["function", "role", "table"],
  needs: ["table"],
  remedy: "Name the table's ARN as Resource in the policy of the function's role, and its indexes as <ARN>/index/*.",

  judge(account, context) {
    return judgingWriter(account, context, (writer) => {
      const arn = tableArnOf(account, context);
      const others = [`${arn}-of-another-stack`, arn.replace(/table\/.*$/, "table/nobody-has-this-table")];
      const decisions = others.flatMap((other) =>
        ITEM_ACTIONS.map((action) => ({ action, other, decision: decideOnTable(writer, action, other, context) })),
      );
      const allowed = decisions.flatMap(({ action, other, decision }) =>
        decision.kind === "allowed" ? [`${action} on ${other}: ${decision.by}`] : [],
      );
      if (allowed.length > 0) {
        return {
          verdict: "fail",
          statement: `The role of ${writer.fn.name} may use tables of others too.`,
          evidence: allowed,
          cause: `A wildcard in the policies of ${writer.role.name} covers more than ${arn}: ${allowed[0]}.`,
          remedy: terraform(
            `In the aws_iam_role_policy of ${writer.role.name}, name the table alone (and its indexes, ${arn}/index/*, where it queries them).`,
            within(`aws_iam_role_policy of ${writer.role.name}`, lines({ Resource: arn })),
          ),
          cuts: [],
        };
      }
      const all = decisions.map(({ decision }) => decision);
      mustBeDecided(all, `Whether ${writer.role.name} may use other tables`);
      return passes(`The role of ${writer.fn.name} may use only tables that its policies name.`, [arn]);
    });
  },
};
