import { z } from "zod";
import type { Authorizer } from "../../model/ports.ts";
import { callerArn } from "../../model/principal.ts";
import type { Service } from "../../model/service.ts";
import { ok } from "../answer.ts";
import { createService, operation, queryErrors } from "../operation.ts";

/** AWS STS: who calls. GetCallerIdentity needs no permission. */
export function createSts(authorizer: Authorizer, accountId: string): Service {
  return createService("sts", authorizer, queryErrors, {
    GetCallerIdentity: operation({
      input: z.unknown(),
      access: () => [],
      run: (_input, { principal }) => {
        const Arn = callerArn(principal);
        return ok({ Arn, UserId: `AIDA${Arn.split("/").slice(1).join(":")}`, Account: accountId });
      },
    }),
  });
}
