import type { Authorizer, LogSink, Principal } from "../../model/ports.ts";
import { authorizedArn } from "./log-input.ts";
import { type LogStore, MAXIMUM_GROUPS, MAXIMUM_STREAMS_PER_GROUP } from "./log-store.ts";

/** What services wrote and nobody could keep, by reason. */
interface DroppedLogEvents {
  readonly noGroup: number;
  /** The writer may not, or the group's key does not serve CloudWatch Logs. */
  readonly denied: number;
  readonly tooManyStreams: number;
}

/** The way in for functions and front doors, and the count of what was dropped. */
export function createLogSink(
  store: LogStore,
  authorizer: Authorizer,
): { readonly sink: LogSink; readonly dropped: () => DroppedLogEvents } {
  const dropped = { noGroup: 0, denied: 0, tooManyStreams: 0 };
  const mayDo = (principal: Principal, action: string, resourceArn: string) =>
    authorizer.decide({ principal, action, resourceArn, context: { "aws:SecureTransport": "true" } }).allowed;
  const sink: LogSink = {
    append(groupName, streamName, events, writer) {
      const group = store.groups.get(groupName);
      if (group === undefined) {
        dropped.noGroup += events.length;
        return;
      }
      const isNew = !group.streams.has(streamName);
      if (isNew && group.streams.size >= MAXIMUM_STREAMS_PER_GROUP) {
        dropped.tooManyStreams += events.length;
        return;
      }
      const arn = group.settings.arn;
      const streamArn = authorizedArn(arn, streamName);
      const allowed =
        (!isNew || mayDo(writer, "logs:CreateLogStream", streamArn)) &&
        mayDo(writer, "logs:PutLogEvents", streamArn) &&
        store.keyRefusal("write", group) === undefined;
      if (!allowed) {
        dropped.denied += events.length;
        return;
      }
      for (const { atMs, message } of events) store.append(group, streamName, atMs, message);
    },
    ensureGroup(groupName, writer) {
      if (store.groups.has(groupName)) return "exists";
      const allowed = mayDo(writer, "logs:CreateLogGroup", authorizedArn(store.arnOf(groupName)));
      if (!allowed || store.groups.size >= MAXIMUM_GROUPS) return "denied";
      store.createGroup(groupName, {});
      return "created";
    },
  };
  return { sink, dropped: () => ({ ...dropped }) };
}
