import { describe, expect, it } from "vitest";
import { askHarness, type Question } from "./conformance/testing/ask-both.ts";
import { allow, deny, ofResource, questionOf, ROLE, ROOT, toPrincipal } from "./conformance/testing/documented.ts";

const decide = (asked: Partial<Question>) => askHarness(questionOf(asked));

describe("a decision says", () => {
  it("which statement denies", () => {
    const resource = ofResource(deny({ Sid: "TlsOnly", Principal: "*" }));
    expect(decide({ identity: [allow()], resource })).toMatchObject({
      kind: "denied",
      explicit: true,
      reason: "statement TlsOnly of the resource's policy denies it",
    });
  });

  it("what all but allows, and which element does not fit", () => {
    const condition = { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::photos" } };
    const principal = { Service: "s3.amazonaws.com" };
    const decision = decide({
      principal: { kind: "service", name: "s3.amazonaws.com" },
      action: "lambda:InvokeFunction",
      context: { "aws:SourceArn": "arn:aws:s3:::films" },
      resource: ofResource(allow({ Sid: "FromBucket", Principal: principal, Condition: condition })),
    });
    expect(decision).toMatchObject({
      nearMisses: [
        "statement FromBucket of the resource's policy asks for ArnLike AWS:SourceArn = arn:aws:s3:::photos, which is arn:aws:s3:::films in this call",
      ],
    });
  });

  it.each<[what: string, asked: Partial<Question>, reason: string]>([
    ["a policy of the role's", {}, `no policy of ${ROLE} allows s3:GetObject on arn:aws:s3:::photos/cat.jpg`],
    [
      "the boundary",
      { identity: [allow()], boundary: [] },
      `the permissions boundary of ${ROLE} does not allow s3:GetObject on arn:aws:s3:::photos/cat.jpg`,
    ],
    [
      "one of two accounts",
      { identity: [allow()], resourceArn: "arn:aws:sqs:eu-west-1:444455556666:jobs", resource: ofResource() },
      `${ROLE} is of another account than arn:aws:sqs:eu-west-1:444455556666:jobs, and not both sides' policies allow s3:GetObject`,
    ],
    [
      "the role's leave, where the key leaves it to the account",
      { resource: { kind: "key", statements: [toPrincipal(ROOT)] } },
      `the resource's policy leaves it to the account's policies, and none of ${ROLE} allows s3:GetObject on arn:aws:s3:::photos/cat.jpg`,
    ],
    [
      "the trust of another role",
      { resource: { kind: "trust", statements: [] } },
      `the resource's policy allows s3:GetObject neither to ${ROLE} nor to its account`,
    ],
    ["a policy at all", { principal: { kind: "anonymous" } }, "there is no policy that lets anonymous callers in"],
  ])("that %s is missing", (_, asked, reason) => {
    expect(decide(asked)).toMatchObject({ kind: "denied", explicit: false, reason });
  });
});
