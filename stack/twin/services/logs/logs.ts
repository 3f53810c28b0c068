import type { Authorizer, Clock, UnimplementedCounter } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import { jsonErrors, operations } from "../operation.ts";
import { describeLogGroups, describeLogStreams, listTagsForResource } from "./describe-logs.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import type { LogStore } from "./log-store.ts";
import { createLogGroup, createLogStream, putLogEvents } from "./write-logs.ts";

/** CloudWatch Logs over the wire. */
export function createLogs(
  store: LogStore,
  clock: Clock,
  authorizer: Authorizer,
  unimplemented: UnimplementedCounter,
): Service {
  const invalid = (message: string) => failed("InvalidParameterException", message);
  const operation = operations(authorizer, { ...jsonErrors, invalid });
  return {
    name: "logs",
    operations: {
      CreateLogGroup: operation(createLogGroup(store)),
      CreateLogStream: operation(createLogStream(store, clock)),
      PutLogEvents: operation(putLogEvents(store, clock)),
      FilterLogEvents: operation(filterLogEvents(store, clock, (what) => unimplemented.count("logs", what))),
      GetLogEvents: operation(getLogEvents(store, clock)),
      DescribeLogGroups: operation(describeLogGroups(store)),
      DescribeLogStreams: operation(describeLogStreams(store)),
      ListTagsForResource: operation(listTagsForResource(store)),
    },
  };
}
