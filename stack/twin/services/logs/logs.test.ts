import { describe, expect, test } from "vitest";
import { allowEveryKey, allowEverything } from "../../authorization/testing/allow-everything.ts";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { noFaults } from "../../faults/no-faults.ts";
import type { Authorizer, KeyUses, Principal } from "../../model/ports.ts";
import { stateWith } from "../../testing/states.ts";
import { unimplementedCounter } from "../../wire/unimplemented.ts";
import { call, output } from "../testing/call.ts";
import { home } from "../testing/ports.ts";
import { createLogSink } from "./log-sink.ts";
import { LogStore } from "./log-store.ts";
import { createLogs } from "./logs.ts";

const logGroupName = "/aws/lambda/orders";
const arn = `arn:aws:logs:eu-west-1:111122223333:log-group:${logGroupName}`;
const writer: Principal = { kind: "role", roleArn: "arn:aws:iam::111122223333:role/orders", sessionName: "orders" };

function logs(given: { authorizer?: Authorizer; keys?: KeyUses; delayMs?: number } = {}) {
  const clock = new ManualClock();
  const group = { arn, name: logGroupName, retention_in_days: 14, kms_key_id: "arn:key" };
  const { logGroups } = stateWith({ "aws_cloudwatch_log_group.orders": group });
  const store = new LogStore(
    home,
    logGroups,
    clock,
    { faults: noFaults, keys: given.keys ?? allowEveryKey },
    given.delayMs ?? 200,
  );
  const authorizer = given.authorizer ?? allowEverything;
  const unimplemented = unimplementedCounter();
  const { sink, dropped } = createLogSink(store, authorizer);
  const write = (message: string, streamName = "s1", atMs = clock.nowMs()) =>
    sink.append(logGroupName, streamName, [{ atMs, message }], writer);
  return {
    clock,
    store,
    sink,
    dropped,
    write,
    unimplemented,
    service: createLogs(store, clock, authorizer, unimplemented),
  };
}

const messagesOf = (answer: Record<string, unknown>) =>
  Array.isArray(answer["events"]) ? answer["events"].map((event) => event.message) : [];

describe("an event", () => {
  test("shows up after the delay, not before", async () => {
    const { clock, write, service } = logs();
    write("hello");
    clock.advance(199);
    expect(messagesOf(await output(service, "FilterLogEvents", { logGroupName }))).toEqual([]);
    clock.advance(1);
    const answer = await output(service, "FilterLogEvents", { logGroupName });
    expect(answer).toMatchObject({
      events: [{ logStreamName: "s1", message: "hello", timestamp: 1_800_000_000_000, eventId: expect.any(String) }],
    });
  });

  test("of a group that is not there is dropped and counted", async () => {
    const { sink, dropped, service } = logs();
    sink.append("/absent", "s1", [{ atMs: 1, message: "x" }], writer);
    expect(dropped()).toEqual({ noGroup: 1, denied: 0, tooManyStreams: 0 });
    const answer = await call(service, "FilterLogEvents", { logGroupName: "/absent" });
    expect(answer).toMatchObject({ code: "ResourceNotFoundException" });
  });

  test("that its writer may not write is dropped and counted", () => {
    const { write, dropped } = logs({ authorizer: { decide: () => ({ allowed: false, reason: "no" }) } });
    write("x");
    expect(dropped()).toMatchObject({ denied: 1 });
  });

  test("that the group's key does not take is dropped and counted, and reading the group is refused", async () => {
    const refusal = { status: 400, code: "AccessDeniedException", message: "the key" };
    const { write, dropped, service } = logs({ keys: { ...allowEveryKey, ofLogGroup: () => refusal } });
    write("x");
    expect(dropped()).toMatchObject({ denied: 1 });
    expect(await call(service, "FilterLogEvents", { logGroupName })).toEqual({ kind: "error", ...refusal });
  });
});

describe("FilterLogEvents", () => {
  async function filled() {
    const made = logs({ delayMs: 0 });
    const start = made.clock.nowMs();
    made.write("START 1", "2026/s1", start);
    made.write("ERROR 2", "2026/s2", start + 20);
    made.write("late ERROR 3", "2026/s1", start + 10);
    made.write("END 4", "other", start + 30);
    return {
      ...made,
      start,
      find: (more: object) => output(made.service, "FilterLogEvents", { logGroupName, ...more }),
    };
  }

  test("gives the events of all streams in the order of their time", async () => {
    const { find } = await filled();
    expect(messagesOf(await find({}))).toEqual(["START 1", "late ERROR 3", "ERROR 2", "END 4"]);
  });

  test("keeps to a span of time, both ends included", async () => {
    const { find, start } = await filled();
    expect(messagesOf(await find({ startTime: start + 10, endTime: start + 20 }))).toEqual(["late ERROR 3", "ERROR 2"]);
  });

  test("keeps to streams, by name or prefix, and to a pattern", async () => {
    const { find } = await filled();
    expect(messagesOf(await find({ logStreamNames: ["other"] }))).toEqual(["END 4"]);
    expect(messagesOf(await find({ logStreamNamePrefix: "2026/", filterPattern: "ERROR -late" }))).toEqual(["ERROR 2"]);
  });

  test("goes on page by page without losing or repeating what comes in between", async () => {
    const { find, write, start } = await filled();
    const first = await find({ limit: 2 });
    write("between", "2026/s3", start + 15);
    const second = await find({ limit: 2, nextToken: first["nextToken"] });
    const third = await find({ limit: 2, nextToken: second["nextToken"] });
    expect([first, second, third].flatMap(messagesOf)).toEqual([
      "START 1",
      "late ERROR 3",
      "between",
      "ERROR 2",
      "END 4",
    ]);
    expect(third).not.toHaveProperty("nextToken");
  });

  test("takes the group by its ARN", async () => {
    const { service } = await filled();
    const answer = await output(service, "FilterLogEvents", { logGroupIdentifier: arn, limit: 1 });
    expect(messagesOf(answer)).toEqual(["START 1"]);
  });

  test("refuses what it cannot read, and counts what it does not implement", async () => {
    const { service, unimplemented } = await filled();
    for (const more of [{ nextToken: "x" }, { filterPattern: '"open' }, { filterPattern: "[a, b]" }]) {
      const answer = await call(service, "FilterLogEvents", { logGroupName, ...more });
      expect(answer).toMatchObject({ code: "InvalidParameterException" });
    }
    expect(unimplemented.counts()).toMatchObject([{ service: "logs", count: 1 }]);
  });
});

describe("GetLogEvents", () => {
  test("pages through one stream from its head until the token stays the same", async () => {
    const { write, service } = logs({ delayMs: 0 });
    for (const message of ["a", "b", "c"]) write(message);
    write("elsewhere", "s2");
    const get = (more: object) =>
      output(service, "GetLogEvents", { logGroupName, logStreamName: "s1", startFromHead: true, limit: 2, ...more });
    const first = await get({});
    const second = await get({ nextToken: first["nextForwardToken"] });
    const third = await get({ nextToken: second["nextForwardToken"] });
    expect([first, second, third].map(messagesOf)).toEqual([["a", "b"], ["c"], []]);
    expect(third["nextForwardToken"]).toBe(second["nextForwardToken"]);
  });

  test("gives the newest events where it does not start at the head, and goes back from there", async () => {
    const { write, service } = logs({ delayMs: 0 });
    for (const message of ["a", "b", "c"]) write(message);
    const get = (more: object) =>
      output(service, "GetLogEvents", { logGroupName, logStreamName: "s1", limit: 2, ...more });
    const newest = await get({});
    expect(messagesOf(newest)).toEqual(["b", "c"]);
    expect(messagesOf(await get({ nextToken: newest["nextBackwardToken"] }))).toEqual(["a"]);
  });
});

describe("groups and streams", () => {
  test("are described as the state has them", async () => {
    const { write, service } = logs();
    write("x");
    expect(await output(service, "DescribeLogGroups", { logGroupNamePrefix: "/aws/lambda/" })).toMatchObject({
      logGroups: [{ logGroupName, arn: `${arn}:*`, kmsKeyId: "arn:key", retentionInDays: 14 }],
    });
    expect(await output(service, "DescribeLogStreams", { logGroupName })).toMatchObject({
      logStreams: [{ logStreamName: "s1", lastEventTimestamp: 1_800_000_000_000, arn: `${arn}:log-stream:s1` }],
    });
  });

  test("are made by calls, once", async () => {
    const { service } = logs({ delayMs: 0 });
    await output(service, "CreateLogGroup", { logGroupName: "/mine" });
    await output(service, "CreateLogStream", { logGroupName: "/mine", logStreamName: "s" });
    const logEvents = [{ timestamp: 1_800_000_000_000, message: "mine" }];
    await output(service, "PutLogEvents", { logGroupName: "/mine", logStreamName: "s", logEvents });
    expect(messagesOf(await output(service, "FilterLogEvents", { logGroupName: "/mine" }))).toEqual(["mine"]);
    const again = await call(service, "CreateLogGroup", { logGroupName: "/mine" });
    expect(again).toMatchObject({ code: "ResourceAlreadyExistsException" });
  });

  test("are made by Lambda where the function's role may, without key and without retention", async () => {
    const { sink, service } = logs();
    expect(sink.ensureGroup("/aws/lambda/new", writer)).toBe("created");
    expect(sink.ensureGroup("/aws/lambda/new", writer)).toBe("exists");
    const { logGroups } = await output(service, "DescribeLogGroups", { logGroupNamePrefix: "/aws/lambda/new" });
    expect(logGroups).toMatchObject([{ logGroupName: "/aws/lambda/new" }]);
    expect(logGroups).not.toMatchObject([{ kmsKeyId: expect.anything() }]);
    const { sink: denied } = logs({ authorizer: { decide: () => ({ allowed: false, reason: "no" }) } });
    expect(denied.ensureGroup("/aws/lambda/new", writer)).toBe("denied");
  });
});

describe("PutLogEvents", () => {
  test("rejects what is too old or too new, and takes the rest", async () => {
    const { clock, service } = logs({ delayMs: 0 });
    const nowMs = clock.nowMs();
    await output(service, "CreateLogStream", { logGroupName, logStreamName: "s" });
    const logEvents = [
      { timestamp: nowMs - 15 * 86_400_000, message: "old" },
      { timestamp: nowMs, message: "right" },
      { timestamp: nowMs + 3 * 3_600_000, message: "new" },
    ];
    const put = await output(service, "PutLogEvents", { logGroupName, logStreamName: "s", logEvents });
    expect(put).toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 } });
    expect(messagesOf(await output(service, "FilterLogEvents", { logGroupName }))).toEqual(["right"]);
  });

  test("wants the order of time", async () => {
    const { clock, service } = logs();
    await output(service, "CreateLogStream", { logGroupName, logStreamName: "s" });
    const logEvents = [2, 1].map((offset) => ({ timestamp: clock.nowMs() + offset, message: "x" }));
    const answer = await call(service, "PutLogEvents", { logGroupName, logStreamName: "s", logEvents });
    expect(answer).toMatchObject({ code: "InvalidParameterException" });
  });
});

test("every call is authorized for a stream's ARN, with an empty name where it is about the group", async () => {
  const asked: string[] = [];
  const authorizer: Authorizer = {
    decide({ action, resourceArn }) {
      asked.push(`${action} ${resourceArn}`);
      return { allowed: true };
    },
  };
  const { service, sink } = logs({ authorizer });
  const inStream = { logGroupName, logStreamName: "s1" };
  await call(service, "CreateLogGroup", { logGroupName });
  await call(service, "CreateLogStream", inStream);
  await call(service, "PutLogEvents", { ...inStream, logEvents: [{ timestamp: 1, message: "x" }] });
  await call(service, "FilterLogEvents", { logGroupName });
  await call(service, "GetLogEvents", inStream);
  await call(service, "DescribeLogGroups", { logGroupNamePrefix: logGroupName });
  await call(service, "DescribeLogStreams", { logGroupName });
  expect(asked).toEqual([
    `logs:CreateLogGroup ${arn}:log-stream:`,
    `logs:CreateLogStream ${arn}:log-stream:s1`,
    `logs:PutLogEvents ${arn}:log-stream:s1`,
    `logs:FilterLogEvents ${arn}:log-stream:`,
    `logs:GetLogEvents ${arn}:log-stream:s1`,
    `logs:DescribeLogGroups ${arn}:log-stream:`,
    `logs:DescribeLogStreams ${arn}:log-stream:`,
  ]);
  asked.length = 0;
  sink.append(logGroupName, "s2", [{ atMs: 1, message: "x" }], writer);
  expect(asked).toEqual([`logs:CreateLogStream ${arn}:log-stream:s2`, `logs:PutLogEvents ${arn}:log-stream:s2`]);
});
