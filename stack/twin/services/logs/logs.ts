import type { Authorizer, Clock, UnimplementedCounter } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { failed } from "../answer.ts";
import { createService, jsonErrors } from "../operation.ts";
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
  return createService(
    "logs",
    authorizer,
    { ...jsonErrors, invalid },
    {
      CreateLogGroup: createLogGroup(store),
      CreateLogStream: createLogStream(store, clock),
      PutLogEvents: putLogEvents(store, clock),
      FilterLogEvents: filterLogEvents(store, clock, (what) => unimplemented.count("logs", what)),
      GetLogEvents: getLogEvents(store, clock),
      DescribeLogGroups: describeLogGroups(store),
      DescribeLogStreams: describeLogStreams(store),
      ListTagsForResource: listTagsForResource(store),
    },
  );
}
