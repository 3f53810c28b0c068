import { subjectOf } from "../../../model/settings/subject.ts";
import { existing, judging, passes } from "../../judging.ts";
import { block, terraform, within } from "../../remedy.ts";
import type { Rule } from "../../rule.ts";

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html */
export const tableNoRecovery: Rule = {
  code: "table.no-recovery",
  severity: "advice",
  title: "The table can be restored to a point in time",
  breaks: "Point-in-time recovery is off: items that a bad write or a bad script destroys are gone.",
  reads: ["table"],
  needs: ["table"],
  remedy: "Add point_in_time_recovery { enabled = true } to the aws_dynamodb_table.",

  judge(account, context) {
    const name = subjectOf("table", context.roles.table ?? "", context);
    const subject = `table ${name}`;
    return judging(subject, () => {
      if (existing(account, "table", name).pointInTimeRecovery)
        return passes(`The ${subject} can be restored to any second of its recovery window.`, [
          "point-in-time recovery: ENABLED",
        ]);
      return {
        verdict: "fail",
        statement: `The ${subject} has no point-in-time recovery.`,
        evidence: ["point-in-time recovery: DISABLED"],
        cause: `Point-in-time recovery of ${subject} is off: what a bad write or a bad script destroys there cannot be brought back. Events pass all the same.`,
        remedy: terraform(
          `Add point_in_time_recovery to the aws_dynamodb_table named ${name}.`,
          within(`aws_dynamodb_table named ${name}`, block("point_in_time_recovery", { enabled: true })),
        ),
        cuts: [],
      };
    });
  },
};
