import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import type { ObjectWriter, Principal } from "../../model/ports.ts";
import { startAccessLog } from "./access-log.ts";
import type { AccessLogEntry } from "./access-log-line.ts";

const arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188";
const entry: AccessLogEntry = {
  atMs: Date.UTC(2026, 10, 22, 3, 4, 5, 600),
  startedMs: Date.UTC(2026, 10, 22, 3, 4, 5),
  status: 502,
  byTarget: false,
  targetGroupSuffix: "targetgroup/shop/1",
  targetGroupArn: "arn:tg",
  forwarded: true,
  targetResponseMs: 1500,
  lambdaError: "user",
  errorReason: "LambdaUnhandled",
  receivedBytes: 10,
  sentBytes: 20,
  request: {
    method: "POST",
    path: "/events",
    query: "a=1",
    headers: new Map([
      ["host", ["shop.example:80"]],
      ["user-agent", ['say "hi"']],
      ["x-amzn-trace-id", ["Root=1"]],
    ]),
    body: new Uint8Array(),
    clientIp: "203.0.113.10",
  },
  listener: { port: 80, protocol: "HTTP" },
};

function bucket() {
  const put: { key: string; body: string | Uint8Array; writer: Principal }[] = [];
  const objects: ObjectWriter = {
    async putObject({ key, body }, writer) {
      put.push({ key, body, writer });
      return { kind: "stored" };
    },
  };
  return { put, objects };
}

const loadBalancer = { arn, arnSuffix: "app/shop/50dc6c495c0c9188", dnsName: "shop", listeners: [] };
const accessLogs = { bucket: "logs", prefix: "alb" };

test("a test file comes first, then an object for each interval with requests, from ELB's log delivery", async () => {
  const { put, objects } = bucket();
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 3, 5));
  const log = startAccessLog({ ...loadBalancer, accessLogs }, { clock, objects }, 5000);
  log.add(entry);
  for (let step = 0; put.length < 2 && step < 100; step += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    clock.advance(5000);
  }
  await log.close();
  expect(put[0]).toMatchObject({
    key: "alb/AWSLogs/111122223333/ELBAccessLogTestFile",
    writer: {
      service: "logdelivery.elasticloadbalancing.amazonaws.com",
      sourceArn: arn,
      sourceAccount: "111122223333",
    },
  });
  expect(put[1]?.key).toMatch(
    /^alb\/AWSLogs\/111122223333\/elasticloadbalancing\/eu-west-1\/2026\/11\/22\/111122223333_elasticloadbalancing_eu-west-1_app\.shop\.50dc6c495c0c9188_20261122T03\d\dZ_.+\.log\.gz$/,
  );
  const line = gunzipSync(Buffer.from(put[1]?.body ?? "")).toString("utf8");
  expect(line).toBe(
    "http 2026-11-22T03:04:05.600Z app/shop/50dc6c495c0c9188 203.0.113.10:40000 - 0.000 1.500 0.000 502 - 10 20 " +
      '"POST http://shop.example:80/events?a=1 HTTP/1.1" "say \\x22hi\\x22" - - arn:tg "Root=1" "-" "-" - ' +
      '2026-11-22T03:04:05.000Z "forward" "-" "LambdaUnhandled" "-" "-" "-" "-"\n',
  );
});

test("nothing comes where access logs are off", async () => {
  const { put, objects } = bucket();
  const log = startAccessLog(loadBalancer, { clock: new ManualClock(), objects }, 5000);
  log.add(entry);
  await log.close();
  expect(put).toEqual([]);
});
