import { z } from "zod";
import type { Resource } from "../../state/twin-state.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedUuid } from "../derived.ts";
import { type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { functionConfiguration } from "./function-configuration.ts";
import { functionPolicy } from "./function-policy.ts";
import { findFunction, isErrorAnswer, type NamedFunction, namedFunction } from "./lambda-parts.ts";

const functionInput = z.object({ FunctionName: z.string().min(1).max(256), Qualifier: z.string().optional() });
type FunctionInput = z.infer<typeof functionInput>;
type Answer = (resource: Resource<"functions">, named: NamedFunction) => Promise<unknown> | unknown;

/** An operation that answers something about one function; `answer` gives its output, or undefined for "none". */
export function aboutFunction(
  { state }: ControlPlaneParts,
  action: string,
  answer: Answer,
  missing = (_named: NamedFunction) => "The resource you requested does not exist.",
): Operation {
  const nameOf = (input: FunctionInput) => namedFunction(state, input.FunctionName, input.Qualifier);
  return operation({
    input: functionInput,
    access: (input) => [{ action, resourceArn: nameOf(input).arn }],
    async run(input) {
      const named = nameOf(input);
      const found = findFunction(state, named);
      if (isErrorAnswer(found)) return found;
      const output = await answer(found, named);
      return output === undefined ? failed("ResourceNotFoundException", missing(named), 404) : ok(output);
    },
  });
}

export function getFunction(parts: ControlPlaneParts): Operation {
  return aboutFunction(parts, "lambda:GetFunction", async (resource, { qualifier }) => ({
    Configuration: await functionConfiguration(parts, resource, qualifier),
    Code: { RepositoryType: "S3" },
    Tags: Object.keys(resource.tags_all).length === 0 ? undefined : resource.tags_all,
    Concurrency: concurrencyOf(resource),
  }));
}

export function getFunctionConfiguration(parts: ControlPlaneParts): Operation {
  return aboutFunction(parts, "lambda:GetFunctionConfiguration", (resource, { qualifier }) =>
    functionConfiguration(parts, resource, qualifier),
  );
}

export function getFunctionConcurrency(parts: ControlPlaneParts): Operation {
  return aboutFunction(parts, "lambda:GetFunctionConcurrency", (resource) => concurrencyOf(resource) ?? {});
}

export function getPolicy(parts: ControlPlaneParts): Operation {
  return aboutFunction(parts, "lambda:GetPolicy", (resource, { qualifier }) => {
    const Policy = functionPolicy(parts.state, resource, qualifier);
    return Policy === undefined ? undefined : { Policy, RevisionId: derivedUuid(Policy) };
  });
}

/** At most 50 functions a page, whatever is asked for. https://docs.aws.amazon.com/lambda/latest/dg/API_ListFunctions.html */
export function listFunctions(parts: ControlPlaneParts): Operation {
  return operation({
    input: z.object({
      Marker: z.string().optional(),
      MaxItems: z.coerce.number().int().min(1).max(10_000).optional(),
    }),
    access: () => [{ action: "lambda:ListFunctions", resourceArn: "*" }],
    async run({ Marker, MaxItems }) {
      const page = pageOf(parts.state.functions, Marker, Math.min(MaxItems ?? 50, 50));
      if (page === undefined) return failed("InvalidParameterValueException", "Invalid pagination marker");
      const Functions = await Promise.all(page.items.map((resource) => functionConfiguration(parts, resource)));
      return ok({ Functions, NextMarker: page.next });
    },
  });
}

function concurrencyOf({ reserved_concurrent_executions: reserved }: Resource<"functions">) {
  return reserved < 0 ? undefined : { ReservedConcurrentExecutions: reserved };
}
