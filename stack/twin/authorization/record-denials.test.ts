import { expect, test } from "vitest";
import type { AuthorizationRequest, Authorizer } from "../model/ports.ts";
import { recordDenials } from "./record-denials.ts";

const roleArn = "arn:aws:iam::111122223333:role/path/orders";
const request = (action: string): AuthorizationRequest => ({
  principal: { kind: "role", roleArn, sessionName: "s" },
  action,
  resourceArn: "arn:x",
  context: {},
});
const onlyReads: Authorizer = {
  decide: ({ action }) => (action.includes("Get") ? { allowed: true } : { allowed: false, reason: "because" }),
};

test("denials are counted by caller, action and resource, and decide nothing", () => {
  const { authorizer, denials } = recordDenials(onlyReads);
  expect(authorizer.decide(request("s3:GetObject"))).toEqual({ allowed: true });
  expect(authorizer.decide(request("s3:PutObject"))).toEqual({ allowed: false, reason: "because" });
  authorizer.decide(request("s3:PutObject"));
  authorizer.decide(request("s3:DeleteObject"));
  const caller = "arn:aws:sts::111122223333:assumed-role/orders/s";
  const kind = { caller, resource: "arn:x", reason: "because" };
  expect(denials()).toEqual({
    total: 3,
    kinds: [
      { ...kind, action: "s3:PutObject", count: 2 },
      { ...kind, action: "s3:DeleteObject", count: 1 },
    ],
  });
});

test("the number of all of them is exact beyond the kinds that are kept", () => {
  const { authorizer, denials } = recordDenials(onlyReads);
  for (let index = 0; index < 600; index += 1) authorizer.decide(request(`x:Put${index}`));
  expect(denials().total).toBe(600);
  expect(denials().kinds).toHaveLength(500);
});
