import { z } from "zod";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { type Operation, operation } from "../operation.ts";
import { mappingArn } from "./event-source-mappings.ts";

const GIBIBYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;

/** Lambda's default quotas. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const QUOTAS = {
  TotalCodeSize: 75 * GIBIBYTE,
  CodeSizeUnzipped: 250 * MEBIBYTE,
  CodeSizeZipped: 50 * MEBIBYTE,
};

export function getAccountSettings({ state, packages, accountConcurrency }: ControlPlaneParts): Operation {
  return operation({
    input: z.unknown(),
    access: () => [{ action: "lambda:GetAccountSettings", resourceArn: "*" }],
    async run() {
      const zips = await Promise.all(state.functions.map(({ function_name }) => packages.packageOf(function_name)));
      const sizes = state.functions.map((each, index) => zips[index]?.codeSizeBytes ?? each.source_code_size ?? 0);
      const reserved = state.functions.map((each) => Math.max(each.reserved_concurrent_executions, 0));
      return ok({
        AccountLimit: {
          ...QUOTAS,
          ConcurrentExecutions: accountConcurrency,
          UnreservedConcurrentExecutions: accountConcurrency - sum(reserved),
        },
        AccountUsage: { TotalCodeSize: sum(sizes), FunctionCount: state.functions.length },
      });
    },
  });
}

/** The tags of a function or of an event source mapping, by its ARN. */
export function listTags({ state }: ControlPlaneParts): Operation {
  return operation({
    input: z.object({ Resource: z.string() }),
    access: ({ Resource }) => [{ action: "lambda:ListTags", resourceArn: Resource }],
    run({ Resource }) {
      const found = state.functions.find(({ arn }) => arn === Resource);
      if (found !== undefined) return ok({ Tags: found.tags_all });
      const mapping = state.eventSourceMappings.find(({ uuid }) => mappingArn(state, uuid) === Resource);
      if (mapping !== undefined) return ok({ Tags: mapping.tags_all });
      return failed("ResourceNotFoundException", `Resource not found: ${Resource}`, 404);
    },
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
