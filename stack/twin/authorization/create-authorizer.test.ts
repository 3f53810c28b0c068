import { describe, expect, it } from "vitest";
import { createAuthorizer } from "./create-authorizer.ts";
import { askStack } from "./testing/asked-stack.ts";
import {
  accountId,
  arn,
  bucketArn,
  exampleResources,
  keyArn,
  otherAccountId,
  region,
  roleArn,
  root,
  stateOf,
  streamArn,
  tableArn,
  withRole,
} from "./testing/example-stack.ts";
import { allow, policy, type StatementJson } from "./testing/policy-text.ts";

const person = { kind: "user", arn: `arn:aws:iam::${accountId}:user/stackproof` } as const;
const verifierArn = roleArn("verifier");
const verifier = { kind: "role", roleArn: verifierArn, sessionName: "ann" } as const;

/** The example stack with the ingest function's role under one condition. */
function withCondition(Condition: StatementJson) {
  const resources = exampleResources();
  resources["aws_iam_role_policy.ingest"] = {
    name: "own",
    role: "ingest",
    policy: policy(allow("*", "*", { Condition })),
  };
  return askStack(resources);
}

const putUnder = (Condition: StatementJson, context: Record<string, string> = {}) => {
  const stack = withCondition(Condition);
  return stack.decide(stack.role("ingest"), "kinesis:PutRecords", streamArn, context) === "allowed";
};

describe("the condition keys of every request", () => {
  it.each<[string, StatementJson, boolean]>([
    ["aws:PrincipalArn is the role's", { ArnEquals: { "aws:PrincipalArn": roleArn("ingest") } }, true],
    ["aws:PrincipalArn is not the session's", { ArnLike: { "aws:PrincipalArn": "arn:aws:sts::*:*" } }, false],
    ["aws:PrincipalAccount", { StringEquals: { "aws:PrincipalAccount": accountId } }, true],
    ["aws:PrincipalType", { StringEquals: { "aws:PrincipalType": "AssumedRole" } }, true],
    ["aws:userid", { StringLike: { "aws:userid": "AROAINGEST:*" } }, true],
    ["aws:username is a user's alone", { Null: { "aws:username": "true" } }, true],
    ["aws:SecureTransport", { Bool: { "aws:SecureTransport": "true" } }, true],
    ["aws:RequestedRegion", { StringEquals: { "aws:RequestedRegion": region } }, true],
    ["aws:RequestedRegion elsewhere", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }, false],
    ["aws:ResourceAccount", { StringEquals: { "aws:ResourceAccount": accountId } }, true],
    ["aws:PrincipalIsAWSService", { Bool: { "aws:PrincipalIsAWSService": "false" } }, true],
    ["aws:ViaAWSService", { Bool: { "aws:ViaAWSService": "false" } }, true],
    ["aws:SourceIp", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true],
    ["aws:CurrentTime", { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }, true],
    ["aws:EpochTime", { NumericLessThan: { "aws:EpochTime": "1767225600" } }, false],
    ["aws:SourceVpce is not there", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, false],
  ])("%s", (_title, condition, expected) => {
    expect(putUnder(condition)).toBe(expected);
  });

  it("give way to what the service knows of the call", () => {
    expect(putUnder({ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "false" })).toBe(true);
  });

  it("have the tags of role and resource", () => {
    const resources = exampleResources();
    resources["aws_iam_role.ingest"] = { ...resources["aws_iam_role.ingest"], tags_all: { team: "blue" } };
    resources["aws_kinesis_stream.events"] = { ...resources["aws_kinesis_stream.events"], tags_all: { team: "blue" } };
    resources["aws_iam_role_policy.ingest"] = {
      name: "own",
      role: "ingest",
      policy: policy(
        allow("*", "*", { Condition: { StringEquals: { "aws:ResourceTag/team": `\${aws:PrincipalTag/team}` } } }),
      ),
    };
    const stack = askStack(resources);
    expect(stack.decide(stack.role("ingest"), "kinesis:PutRecords", streamArn)).toBe("allowed");
    expect(stack.decide(stack.role("ingest"), "kinesis:PutRecords", `${streamArn}-other`)).not.toBe("allowed");
  });
});

describe("who runs verify", () => {
  it("is an administrator", () => {
    const stack = askStack(exampleResources());
    expect(stack.decide(person, "lambda:GetPolicy", arn("lambda", "function:ingest"))).toBe("allowed");
    expect(stack.decide(person, "kms:Decrypt", keyArn)).toBe("allowed");
  });

  it("is held by a key policy that leaves the account out, and by a deny", () => {
    const resources = exampleResources();
    resources["aws_kms_key.main"] = {
      ...resources["aws_kms_key.main"],
      policy: policy(allow("kms:*", "*", { Principal: { AWS: roleArn("ingest") } })),
    };
    expect(askStack(resources).decide(person, "kms:DescribeKey", keyArn)).toMatch(/no resource-based policy/);
    const plain = { "aws:SecureTransport": "false" };
    expect(askStack(resources).decide(person, "s3:GetObject", `${bucketArn}/x`, plain)).toMatch(/explicit deny/);
  });

  it("may be a role with policies of its own", () => {
    const identities = [{ arn: verifierArn, policies: [policy(allow("dynamodb:Get*", tableArn))] }];
    const stack = askStack(exampleResources(), { identities });
    expect(stack.decide(verifier, "dynamodb:GetItem", tableArn)).toBe("allowed");
    expect(stack.decide(verifier, "lambda:GetPolicy", arn("lambda", "function:x"))).toBe(
      "because no identity-based policy allows the lambda:GetPolicy action",
    );
  });

  it("may be a role of the state with AWS' read-only policy", () => {
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const resources = { ...exampleResources(), ...withRole("verifier", "ec2.amazonaws.com") };
    resources["aws_iam_role_policy_attachment.verifier"] = { role: "verifier", policy_arn: policyArn };
    const stack = askStack(resources);
    expect(stack.decide(verifier, "kinesis:DescribeStreamSummary", streamArn)).toBe("allowed");
    expect(stack.decide(verifier, "kinesis:PutRecords", streamArn)).toMatch(/no identity-based policy/);
  });

  it("has nothing to say from another account", () => {
    const stranger = { kind: "user", arn: `arn:aws:iam::${otherAccountId}:user/eve` } as const;
    expect(askStack(exampleResources()).decide(stranger, "kinesis:PutRecords", streamArn)).not.toBe("allowed");
  });
});

describe("where the policies of a role come from", () => {
  const putOnly = policy(allow("kinesis:PutRecords", "*"));
  const asked = (change: (resources: ReturnType<typeof exampleResources>) => void, options = {}) => {
    const resources = exampleResources();
    delete resources["aws_iam_role_policy.ingest"];
    change(resources);
    const stack = askStack(resources, options);
    return stack.decide(stack.role("ingest"), "kinesis:PutRecords", streamArn) === "allowed";
  };
  const policyArn = `arn:aws:iam::${accountId}:policy/put`;
  const managed = { arn: policyArn, name: "put", policy: putOnly };

  it("counts managed_policy_arns where the state keeps no attachments of its own", () => {
    expect(asked(() => undefined)).toBe(false);
    const listed = (resources: ReturnType<typeof exampleResources>) => {
      resources["aws_iam_policy.put"] = managed;
      resources["aws_iam_role.ingest"] = { ...resources["aws_iam_role.ingest"], managed_policy_arns: [policyArn] };
    };
    const alone = (resources: ReturnType<typeof exampleResources>) => {
      listed(resources);
      delete resources["aws_iam_role_policy_attachment.api_logs"];
    };
    expect([asked(listed), asked(alone)]).toEqual([false, true]);
  });

  it("counts aws_iam_policy_attachment for every role that it names", () => {
    const attached = (roles: readonly string[]) =>
      asked((resources) => {
        resources["aws_iam_policy.put"] = managed;
        resources["aws_iam_policy_attachment.put"] = { name: "put", policy_arn: policyArn, roles };
      });
    expect([attached(["x", "ingest"]), attached(["x"])]).toEqual([true, false]);
  });

  it("takes what a role shows inside itself for a copy, where roles' policies are resources of their own", () => {
    const inside = (resources: ReturnType<typeof exampleResources>) => {
      const inline_policy = [{ name: "own", policy: putOnly }];
      resources["aws_iam_role.ingest"] = { ...resources["aws_iam_role.ingest"], inline_policy };
    };
    const alone = (resources: ReturnType<typeof exampleResources>) => {
      for (const address of Object.keys(resources)) {
        if (address.startsWith("aws_iam_role_policy.")) delete resources[address];
      }
      inside(resources);
    };
    expect([asked(inside), asked(alone)]).toEqual([false, true]);
    const resources = exampleResources();
    inside(resources);
    delete resources["aws_iam_role_policy.ingest"];
    expect(askStack(resources).authorizer.notes).toEqual([
      expect.stringContaining('aws_iam_role.ingest, inline_policy "own": taken for a copy'),
    ]);
  });
});

describe("what is said about the policies", () => {
  it("is nothing for a healthy stack", () => {
    const { authorizer, keys } = askStack(exampleResources());
    expect([...authorizer.notes, ...keys.notes]).toEqual([]);
  });

  it("names policies that AWS refuses and documents that are not known", () => {
    const resources = exampleResources();
    resources["aws_iam_role_policy.ingest"] = { name: "own", role: "ingest", policy: "{" };
    resources["aws_iam_role_policy_attachment.x"] = { role: "proof", policy_arn: "arn:aws:iam::aws:policy/New" };
    const { notes } = askStack(resources).authorizer;
    expect(notes).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.ingest, policy: AWS takes no such policy.*not JSON/),
      "aws_iam_role.proof: the document of arn:aws:iam::aws:policy/New is not known, so neither is what it allows",
    ]);
  });
});

describe("a decision asked again", () => {
  const countingAuthorizer = (Condition: StatementJson) => {
    const resources = exampleResources();
    resources["aws_iam_role_policy.ingest"] = {
      name: "own",
      role: "ingest",
      policy: policy(allow("*", "*", { Condition })),
    };
    let evaluations = 0;
    const nowMs = () => {
      evaluations += 1;
      return Date.UTC(2026, 0, evaluations);
    };
    const authorizer = createAuthorizer(stateOf(resources), { nowMs });
    const booted = evaluations;
    const ask = (context: Record<string, string> = {}) =>
      authorizer.decide({
        principal: { kind: "role", roleArn: roleArn("ingest"), sessionName: "s" },
        action: "kinesis:PutRecords",
        resourceArn: streamArn,
        context,
      }).allowed;
    return { ask, evaluations: () => evaluations - booted };
  };

  it("is remembered, and another context is another question", () => {
    const { ask, evaluations } = countingAuthorizer({ Bool: { "aws:SecureTransport": "true" } });
    const answers = [ask(), ask(), ask({ "aws:SecureTransport": "false" }), ask({ "aws:SecureTransport": "false" })];
    expect(answers).toEqual([true, true, false, false]);
    expect(evaluations()).toBe(2);
  });

  it("is not remembered where a policy asks for the time", () => {
    const { ask } = countingAuthorizer({ DateLessThan: { "aws:CurrentTime": "2026-01-07T00:00:00Z" } });
    const answers = Array.from({ length: 10 }, () => ask());
    expect(answers.indexOf(false)).toBeGreaterThan(0);
  });
});

describe("invoking a function as an identity", () => {
  it("takes its own policy, or the function's", () => {
    const resources = exampleResources();
    const invoke = (stack = askStack(resources)) =>
      stack.decide(stack.role("proof"), "lambda:InvokeFunction", arn("lambda", "function:ingest"));
    expect(invoke()).toMatch(/no identity-based policy/);
    resources["aws_lambda_permission.proof"] = {
      function_name: "ingest",
      statement_id: "proof",
      action: "lambda:InvokeFunction",
      principal: roleArn("proof"),
    };
    expect(invoke()).toBe("allowed");
    resources["aws_lambda_permission.proof"] = { ...resources["aws_lambda_permission.proof"], principal: root };
    expect(invoke()).toMatch(/no identity-based policy/);
  });
});
