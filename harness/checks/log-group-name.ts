import type { Place } from "../model/settings/place.ts";
import { subjectOf } from "../model/settings/subject.ts";

/** The name in a log group's ARN, with or without `:*` at its end; undefined where the ARN is of another service (Firehose). */
export function logGroupNameOf(arn: string, place: Place): string | undefined {
  if (!arn.startsWith("arn:")) return arn === "" ? undefined : arn;
  return arn.split(":")[2] === "logs" ? subjectOf("log-group", arn.replace(/:\*$/, ""), place) : undefined;
}
