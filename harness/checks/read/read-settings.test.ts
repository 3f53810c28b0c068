import { describe, expect, it } from "vitest";
import type { Fact } from "../../model/fact.ts";
import { factSchema } from "../../model/fact.ts";
import type { Roles } from "../../model/role.ts";
import { createFakeClock } from "../../model/testing/fake-clock.ts";
import { createMemoryJournal } from "../../model/testing/memory-journal.ts";
import { createServiceCall } from "../../run/service-call.ts";
import type { ServiceCall } from "./asker.ts";
import { needsOfTargets, targetsOfFacts } from "./permissions.ts";
import { readSettings } from "./read-settings.ts";
import { READERS } from "./readers.ts";
import { type Answers, awsError, denied, fails, fakeClients } from "./testing/fake-clients.ts";
import { PLACE } from "./testing/find.ts";
import { ANSWERS, KEY, ROLES } from "./testing/reference-answers.ts";

const DEADLINE_MS = 60_000;

interface Options {
  readonly roles?: readonly Roles[];
  readonly answers?: Answers;
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
}

async function read({ roles = ROLES, answers = ANSWERS, graceMs = 0, signal = new AbortController().signal }: Options) {
  const clock = createFakeClock();
  const startMs = clock.nowMs();
  const deadlineMs = startMs + DEADLINE_MS;
  const journal = createMemoryJournal();
  const { clients, calls } = fakeClients(answers);
  const real = createServiceCall({ clock, random: () => 0, signal, deadlineMs, graceMs });
  const operations = new Set<string>();
  const serviceCall: ServiceCall = (operation, send) => {
    operations.add(operation);
    return real(operation, send);
  };
  const knownNames = new Set(["events"]);
  await readSettings({ roles, place: PLACE, clients, journal, clock, serviceCall, signal, deadlineMs, knownNames });
  return { journal, calls, operations, tookMs: clock.nowMs() - startMs };
}

function subjectOfFact(fact: Fact): string | undefined {
  if (fact.fact === "setting") return `${fact.setting.kind} ${fact.subject}`;
  return fact.fact === "setting-absent" || fact.fact === "setting-unread" ? `${fact.kind} ${fact.subject}` : undefined;
}

const never = () => new Promise<never>(() => {});
const all = (answer: () => unknown): Answers =>
  Object.fromEntries(Object.keys(ANSWERS).map((operation) => [operation, answer]));

describe("reading the settings of a deployment", () => {
  it("follows every link from the roles of its pipelines, and journals each setting once", async () => {
    const { journal } = await read({});
    expect(journal.facts.map(subjectOfFact).sort()).toMatchInlineSnapshot(`
      [
        "api a1b2c3",
        "api-account eu-central-1",
        "api-stage a1b2c3/live",
        "bucket content",
        "bucket logs",
        "event-source-mappings content",
        "event-source-mappings ingest",
        "event-source-mappings processor",
        "flow-logs vpc-1",
        "function content",
        "function ingest",
        "function processor",
        "function-policy content",
        "function-policy ingest",
        "function-policy processor",
        "instance i-1",
        "key alias/stack",
        "key arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "listeners arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/main/50dc6c495c0c9188",
        "load-balancer arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/main/50dc6c495c0c9188",
        "log-group /api/access",
        "log-group /aws/lambda/content",
        "log-group /aws/lambda/ingest",
        "log-group /aws/lambda/processor",
        "log-group /vpc/flow",
        "object content/proof/i-1.txt",
        "role arn:aws:iam::123456789012:role/api-logs",
        "role arn:aws:iam::123456789012:role/content",
        "role arn:aws:iam::123456789012:role/flow",
        "role arn:aws:iam::123456789012:role/ingest",
        "role arn:aws:iam::123456789012:role/processor",
        "role arn:aws:iam::123456789012:role/proof",
        "scaling content",
        "scaling events",
        "security-group sg-1",
        "security-group sg-2",
        "stream events",
        "subnet subnet-a",
        "subnet subnet-b",
        "table content",
        "table events",
        "target-group arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/ingest/73e2d6bc24d8a067",
        "vpc vpc-1",
      ]
    `);
  });

  it("asks for each thing once, whoever needs it", async () => {
    const { calls } = await read({});
    const asked = calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([]);
    expect(calls.filter(({ operation }) => operation === "GetKeyPolicy")).toHaveLength(1);
    expect(calls.filter(({ operation }) => operation === "GetPolicyVersion")).toHaveLength(1);
  });

  it("writes facts that a journal can be read back from, of every kind that there is", async () => {
    const { journal } = await read({});
    for (const fact of journal.facts) expect(factSchema.parse(JSON.parse(JSON.stringify(fact)))).toEqual(fact);
    const kinds = new Set(journal.of("setting").map(({ setting }) => setting.kind));
    expect([...kinds].sort()).toEqual(Object.keys(READERS).sort());
    for (const kind of Object.keys(READERS)) {
      const absent = { fact: "setting-absent", atMs: 1, kind, subject: "s" };
      expect(factSchema.parse(absent)).toEqual(absent);
    }
  });

  it("uses every permission that it asks for, and no other", async () => {
    const { journal, operations } = await read({});
    const needs = needsOfTargets(targetsOfFacts(journal.facts), PLACE).map(({ action }) => action);
    // Nothing is called with it: it makes S3 say "not there" where it would say "forbidden".
    expect([...operations, "s3:ListBucket"].sort()).toEqual([...new Set(needs)].sort());
  });

  it("keeps no value of a function's environment that is none of the deployment's names", async () => {
    const { journal } = await read({});
    expect(JSON.stringify(journal.facts)).toContain('"STREAM_NAME":"events","SECRET":null');
    expect(JSON.stringify(journal.facts)).not.toContain("hunter2");
  });

  it("looks up a key that is named by an alias under both names", async () => {
    const { journal } = await read({});
    const keys = journal.of("setting").filter(({ setting }) => setting.kind === "key");
    expect(keys.map(({ subject }) => subject).sort()).toEqual(["alias/stack", KEY]);
    expect(new Set(keys.map(({ setting }) => JSON.stringify(setting))).size).toBe(1);
  });

  it("calls absent what AWS says is not there, and follows no link from it", async () => {
    const { journal } = await read({
      roles: [{ stream: "events" }],
      answers: { DescribeStreamSummary: fails("ResourceNotFoundException") },
    });
    expect(journal.facts).toEqual([
      { fact: "setting-absent", atMs: expect.any(Number), kind: "stream", subject: "events" },
    ]);
  });

  it("calls unread what is denied, names the permission, and reads everything else", async () => {
    const { journal } = await read({ answers: { ...ANSWERS, DescribeTable: denied, GetBucketPolicy: denied } });
    expect(journal.of("setting-unread").map(({ kind, subject, error }) => [kind, subject, error.operation])).toEqual(
      expect.arrayContaining([
        ["table", "events", "dynamodb:DescribeTable"],
        ["table", "content", "dynamodb:DescribeTable"],
        ["bucket", "logs", "s3:GetBucketPolicy"],
        ["bucket", "content", "s3:GetBucketPolicy"],
      ]),
    );
    expect(journal.of("setting-unread")).toHaveLength(4);
    expect(journal.of("setting").some(({ setting }) => setting.kind === "scaling")).toBe(true);
  });

  it("waits for a permission that was created a moment ago, from the start and no longer", async () => {
    let attempts = 0;
    const DescribeStreamSummary = (input: Readonly<Record<string, unknown>>) => {
      attempts += 1;
      return attempts < 4 ? denied() : ANSWERS["DescribeStreamSummary"]?.(input);
    };
    const answers = { ...ANSWERS, DescribeStreamSummary };
    const roles = [{ stream: "events" }];
    expect((await read({ roles, answers, graceMs: 10_000 })).journal.of("setting-unread")).toEqual([]);
    attempts = 0;
    expect((await read({ roles, answers, graceMs: 0 })).journal.of("setting-unread")).toHaveLength(1);
  });

  it("repeats what was throttled", async () => {
    let attempts = 0;
    const GetStage = (input: Readonly<Record<string, unknown>>) => {
      attempts += 1;
      if (attempts < 6) throw awsError("TooManyRequestsException", 429);
      return ANSWERS["GetStage"]?.(input);
    };
    const { journal } = await read({ answers: { ...ANSWERS, GetStage } });
    expect(journal.of("setting-unread")).toEqual([]);
  });

  it.each([
    ["hangs", never],
    ["throttles for ever", fails("ThrottlingException", 400)],
    ["answers 500", fails("InternalFailure", 500)],
    ["closes connections", fails("ECONNRESET", 0)],
  ])("ends at its deadline, with everything unread, where the endpoint %s", async (_, answer) => {
    const { journal, tookMs } = await read({ answers: all(answer) });
    expect(tookMs).toBeLessThanOrEqual(DEADLINE_MS);
    expect(journal.facts.length).toBeGreaterThan(20);
    expect(new Set(journal.facts.map(({ fact }) => fact))).toEqual(new Set(["setting-unread"]));
  });

  it.each([
    ["nothing", () => ({})],
    ["null", () => null],
    ["a text", () => "<html>"],
    ["lists of nothing", () => ({ FlowLogs: [{}], logGroups: [{}], Listeners: [{}], ScalableTargets: [null] })],
  ])("takes no answer of %s for a setting", async (_, answer) => {
    const { journal } = await read({ answers: all(answer) });
    expect(journal.of("setting")).toEqual([]);
    expect(journal.of("setting-absent").map(({ kind }) => kind)).toEqual([]);
  });

  it("is not held up in one service by another that hangs", async () => {
    const { journal, tookMs } = await read({
      answers: { ...ANSWERS, GetRole: never, GetInstanceProfile: never },
    });
    expect(new Set(journal.of("setting-unread").map(({ kind }) => kind))).toEqual(new Set(["role", "instance"]));
    expect(journal.of("setting").some(({ setting }) => setting.kind === "bucket")).toBe(true);
    expect(tookMs).toBeLessThanOrEqual(DEADLINE_MS);
  });

  it("ends at once where it is interrupted", async () => {
    const control = new AbortController();
    const answers = { ...all(never), DescribeKey: () => control.abort() };
    const { journal, tookMs } = await read({ answers, signal: control.signal });
    expect(tookMs).toBe(0);
    expect(journal.of("setting")).toEqual([]);
  });

  it("asks nothing after its deadline", async () => {
    const control = new AbortController();
    control.abort();
    const { calls, journal } = await read({ signal: control.signal });
    expect(calls).toEqual([]);
    expect(journal.of("setting-unread").length).toBeGreaterThan(20);
  });

  it("does not follow a chain of links that never ends", async () => {
    let made = 0;
    const DescribeLoadBalancers = () => ({
      LoadBalancers: [
        {
          LoadBalancerArn: "lb",
          Scheme: "internal",
          AvailabilityZones: Array.from({ length: 2_000 }, () => {
            made += 1;
            return { SubnetId: `subnet-${made}` };
          }),
        },
      ],
    });
    const { journal } = await read({
      roles: [{ loadBalancer: "lb" }],
      answers: { ...ANSWERS, DescribeLoadBalancers, DescribeSubnets: fails("InvalidSubnetID.NotFound") },
    });
    const codes = journal.of("setting-unread").map(({ error }) => error.code);
    expect(codes.filter((code) => code === "TooManySettings").length).toBeGreaterThan(900);
  });
});
