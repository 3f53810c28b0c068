import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyGrant } from "../../../model/settings/identity-setting.ts";
import type { StatementJson } from "../../testing/policy-of.ts";
import type { Decision, Principal, RequestContext } from "../request.ts";
import { askHarness, askTwin, HOME, type Question, type ResourceSide } from "./testing/ask-both.ts";
import { randomConditions, randomContext } from "./testing/random-condition.ts";

const OTHER = "444455556666";
const ROLE = `arn:aws:iam::${HOME}:role/app/worker`;
const SESSION = `arn:aws:sts::${HOME}:assumed-role/worker/fn`;
const ROOT = `arn:aws:iam::${HOME}:root`;
/** The account of a caller who is neither at home nor where the resource is. */
const STRANGER = "777788889999";
const STRANGER_ROOT = `arn:aws:iam::${STRANGER}:root`;
const SERVICE = "s3.amazonaws.com";

/** Something to ask for, and how policies may spell it. */
interface Target {
  readonly arn: string;
  readonly kind: ResourceSide["kind"];
  readonly actions: readonly string[];
  readonly patterns: readonly string[];
}

const TARGETS: readonly Target[] = [
  {
    arn: "arn:aws:s3:::photos/a/x:y",
    kind: "policy",
    actions: ["s3:GetObject", "s3:PutObject"],
    patterns: [
      "arn:aws:s3:::photos/*",
      "arn:aws:s3:*",
      "arn:aws:s3:*:photos/a/x:y",
      `arn:aws:s3:::photos/\${x:team}/*`,
      `arn:aws:s3:::\${x:team, 'photos'}/*`,
      "arn:aws:s3:::photos",
      "arn:aws:s3:::films/*",
    ],
  },
  ...[HOME, OTHER].map((account): Target => {
    const arn = `arn:aws:kms:eu-west-1:${account}:key/1`;
    const patterns = [
      arn,
      "arn:aws:kms:*:*:key/*",
      "arn:aws:kms:*:key/1",
      "arn:aws:kms:eu-?est-1:*:key/?",
      "arn:aws:k*s:*",
    ];
    return { arn, kind: "key", actions: ["kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"], patterns };
  }),
  {
    arn: `arn:aws:logs:eu-west-1:${OTHER}:log-group:/a:log-stream:b`,
    kind: "policy",
    actions: ["logs:PutLogEvents", "logs:CreateLogStream"],
    patterns: [
      `arn:aws:logs:eu-west-1:${OTHER}:log-group:/a:*`,
      "arn:aws:logs:*:log-group:/a:*",
      "arn:aws:logs:*:log-stream:b",
      "arn:aws:logs:eu*:log-stream:?",
      "arn:aws:logs:e*t-1:log-stream:b",
      "arn:aws:logs:*:*:*",
    ],
  },
];

const oneOrTwo = <T>(...of: readonly T[]) => fc.array(fc.constantFrom(...of), { minLength: 1, maxLength: 2 });
const either = fc.constantFrom<"Allow" | "Deny">("Allow", "Allow", "Allow", "Allow", "Allow", "Deny");
const sometimes = (chances: number) => fc.integer({ min: 1, max: chances }).map((drawn) => drawn === 1);

type Principals = NonNullable<Exclude<StatementJson["Principal"], "*">>;
const names = fc.record({
  AWS: fc.array(fc.constantFrom(ROLE, SESSION, ROOT, HOME, "*", STRANGER, STRANGER_ROOT, `${ROLE}-2`, `${SESSION}-2`), {
    minLength: 1,
    maxLength: 3,
  }),
  Service: oneOrTwo(SERVICE, "sns.amazonaws.com"),
});
const principals = fc
  .tuple(fc.constantFrom("*", "AWS", "AWS", "AWS", "Service", "both"), names)
  .map(([shape, { AWS, Service }]): "*" | Principals => {
    if (shape === "*") return "*";
    return { ...(shape === "Service" ? {} : { AWS }), ...(shape === "AWS" ? {} : { Service }) };
  });
const ofResource = fc
  .tuple(sometimes(8), principals, oneOrTwo(ROLE, ROOT, SESSION))
  .map(([excepts, listed, spared]) => {
    if (!excepts) return { Principal: listed };
    return { NotPrincipal: listed === "*" ? { AWS: spared } : listed };
  });

function statement(target: Target, ofPolicy: "identity" | "resource"): fc.Arbitrary<StatementJson> {
  const { actions, arn, patterns } = target;
  const service = arn.split(":")[2] ?? "";
  return fc
    .record({
      Effect: either,
      actions: oneOrTwo(...actions, "*", "*", `${service}:*`, `${service.toUpperCase()}:?*`, "sqs:*"),
      notAction: sometimes(8),
      resources: oneOrTwo("*", "*", arn, ...patterns),
      notResource: sometimes(10),
      condition: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: randomConditions }),
      principals: ofPolicy === "resource" ? ofResource : fc.constant({}),
    })
    .map(({ Effect, actions: listed, notAction, resources, notResource, condition, principals: whom }) => ({
      Effect,
      ...(notAction ? { NotAction: listed } : { Action: listed }),
      ...(notResource ? { NotResource: resources } : { Resource: resources }),
      ...(condition === undefined ? {} : { Condition: condition }),
      ...whom,
    }));
}

const grants: fc.Arbitrary<KeyGrant[]> = fc.array(
  fc.record({
    granteePrincipal: fc.constantFrom(ROLE, SESSION, ROOT, STRANGER_ROOT, SERVICE, `${SESSION}-2`),
    operations: oneOrTwo("Decrypt", "Encrypt", "DescribeKey"),
    encryptionContext: fc.record({
      match: fc.constantFrom("any", "subset", "equals"),
      pairs: fc.constantFrom({ app: "x" }, { App: "x" }, { app: "x", more: "y" }, { app: "z" }),
    }),
  }),
  { maxLength: 2 },
);

/** The encryption context of a call, as KMS shows it to policies. */
const encryptionContext = fc
  .constantFrom<Readonly<Record<string, string>>>({}, { app: "x" }, { app: "x", more: "y" })
  .map((pairs): RequestContext => {
    const keys = Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const);
    return { ...Object.fromEntries(keys), "kms:EncryptionContextKeys": Object.keys(pairs) };
  });

const principal = fc.oneof(
  { weight: 7, arbitrary: fc.constant<Principal>({ kind: "role", arn: ROLE, session: "fn" }) },
  { weight: 1, arbitrary: fc.constant<Principal>({ kind: "role", arn: ROLE, session: null }) },
  { weight: 1, arbitrary: fc.constant<Principal>({ kind: "service", name: SERVICE }) },
  { weight: 1, arbitrary: fc.constant<Principal>({ kind: "other-account", accountId: STRANGER }) },
  { weight: 1, arbitrary: fc.constant<Principal>({ kind: "anonymous" }) },
);

/** Any request with any policies, of so few names and values that many statements are about the request. */
const randomQuestion: fc.Arbitrary<Question> = fc.constantFrom(...TARGETS).chain((target) =>
  fc
    .record({
      principal,
      action: fc.constantFrom(...target.actions),
      context: randomContext,
      encryption: encryptionContext,
      session: fc.constantFrom("fn", "fn-2"),
      identity: fc.array(statement(target, "identity"), { minLength: 1, maxLength: 3 }),
      boundary: fc.option(fc.array(statement(target, "identity"), { minLength: 1, maxLength: 2 }), {
        nil: undefined,
        freq: 2,
      }),
      hasResource: sometimes(4).map((isLacking) => !isLacking || target.kind === "key"),
      statements: fc.array(statement(target, "resource"), { minLength: 1, maxLength: 3 }),
      grants,
      version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
    })
    .map(({ principal: who, action, context, encryption, session, hasResource, statements, ...rest }) => {
      const caller: RequestContext = { "aws:PrincipalArn": who.kind === "role" ? who.arn : null };
      return {
        principal: who,
        action,
        resourceArn: target.arn,
        context: { ...context.known, ...encryption, ...caller },
        hidden: { context: context.hidden, session },
        identity: rest.identity,
        boundary: rest.boundary,
        resource: hasResource
          ? { kind: target.kind, statements, grants: target.kind === "key" ? rest.grants : [] }
          : undefined,
        version: rest.version,
      };
    }),
);

/** A request that conditions alone decide: everything is allowed, or denied, where they hold. */
const randomConditionQuestion: fc.Arbitrary<Question> = fc
  .record({
    context: randomContext,
    condition: randomConditions,
    effect: fc.constantFrom<"Allow" | "Deny">("Allow", "Deny"),
  })
  .map(({ context, condition, effect }) => {
    const everything = { Effect: "Allow", Action: "*", Resource: "*" } as const;
    const conditional = { ...everything, Effect: effect, Condition: condition };
    return {
      principal: { kind: "role", arn: ROLE, session: "fn" },
      action: "s3:GetObject",
      resourceArn: "arn:aws:s3:::photos/a/x:y",
      context: { ...context.known, "aws:PrincipalArn": ROLE },
      hidden: { context: context.hidden },
      identity: effect === "Allow" ? [conditional] : [everything, conditional],
    };
  });

const RUNS = 6000;

interface Answers {
  readonly counts: Readonly<Record<Decision["kind"], number>>;
  /** How many a statement gave, rather than the want of one. */
  readonly byStatement: number;
}

/** Asks both; fast-check prints the seed and the smallest question where they differ. */
function holdAgainstEachOther(questions: fc.Arbitrary<Question>): Answers {
  const counts = { allowed: 0, denied: 0, undecidable: 0 };
  let byStatement = 0;
  fc.assert(
    fc.property(questions, (question) => {
      const decision = askHarness(question);
      counts[decision.kind] += 1;
      if (decision.kind === "allowed" || (decision.kind === "denied" && decision.explicit)) byStatement += 1;
      if (decision.kind !== "undecidable") expect(askTwin(question)).toBe(decision.kind);
    }),
    { numRuns: RUNS },
  );
  return { counts, byStatement };
}

describe("the harness' evaluator and the twin's answer alike, where the harness answers at all,", () => {
  it("any policies of all kinds together", () => {
    const { counts, byStatement } = holdAgainstEachOther(randomQuestion);
    expect(counts.allowed).toBeGreaterThan(RUNS * 0.15);
    expect(counts.denied).toBeGreaterThan(RUNS * 0.2);
    expect(counts.undecidable).toBeLessThan(RUNS * 0.2);
    expect(byStatement).toBeGreaterThan(RUNS * 0.35);
  });

  it("any conditions", () => {
    const { counts } = holdAgainstEachOther(randomConditionQuestion);
    expect(counts.allowed).toBeGreaterThan(RUNS * 0.2);
    expect(counts.denied).toBeGreaterThan(RUNS * 0.2);
    expect(counts.undecidable).toBeLessThan(RUNS * 0.3);
  });
});
