import { expect, test } from "vitest";
import { allowEverything } from "../../authorization/testing/allow-everything.ts";
import type { Principal } from "../../model/ports.ts";
import { createSts } from "./sts.ts";

const service = createSts(allowEverything, "111122223333");

async function identityOf(principal: Principal) {
  return service.operations["GetCallerIdentity"]?.({
    service: "sts",
    operation: "GetCallerIdentity",
    input: {},
    principal,
    secureTransport: true,
  });
}

test("a person is themselves, a role is its session", async () => {
  const user = { kind: "user", arn: "arn:aws:iam::111122223333:user/tester" } as const;
  const role = { kind: "role", roleArn: "arn:aws:iam::111122223333:role/path/worker", sessionName: "fn" } as const;
  expect(await identityOf(user)).toMatchObject({ output: { Account: "111122223333", Arn: user.arn } });
  expect(await identityOf(role)).toMatchObject({ output: { Arn: "arn:aws:sts::111122223333:assumed-role/worker/fn" } });
});
