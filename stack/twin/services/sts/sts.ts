import { z } from "zod";
import type { Authorizer } from "../../model/ports.ts";
import type { Service } from "../../model/service.ts";
import { failed, ok } from "../answer.ts";
import { callerArn, operations } from "../operation.ts";

/** AWS STS: who calls. GetCallerIdentity needs no permission. */
export function createSts(authorizer: Authorizer, accountId: string): Service {
  const operation = operations(authorizer, {
    invalid: (message) => failed("ValidationError", message),
    denied: (message) => failed("AccessDenied", message, 403),
  });
  return {
    name: "sts",
    operations: {
      GetCallerIdentity: operation({
        input: z.unknown(),
        access: () => [],
        run: (_input, { principal }) => {
          const Arn = callerArn(principal);
          return ok({ Arn, UserId: `AIDA${Arn.split("/").slice(1).join(":")}`, Account: accountId });
        },
      }),
    },
  };
}
