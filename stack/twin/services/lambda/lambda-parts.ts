import type { Resource, TwinState } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed } from "../answer.ts";

/** What came of a mapping's last batch, as Lambda words it (`OK`, `PROBLEM: Function call failed`). */
export interface MappingResults {
  lastProcessingResult(mappingUuid: string): string | undefined;
}

/** A function as a call names it. */
export interface NamedFunction {
  readonly name: string;
  readonly qualifier: string | undefined;
  /** The unqualified ARN, whether there is such a function or not. */
  readonly arn: string;
}

/**
 * Reads a function's name, `name:alias`, partial ARN (`123456789012:function:name`) or ARN.
 * https://docs.aws.amazon.com/lambda/latest/dg/API_GetFunction.html
 */
export function namedFunction(state: TwinState, named: string, qualifier?: string): NamedFunction {
  const parts = named.split(":");
  const at = parts.indexOf("function");
  const [name = "", ownQualifier] = at < 0 ? parts : parts.slice(at + 1);
  const account = (at > 0 ? parts[at - 1] : undefined) ?? state.accountId;
  const region = (at > 1 ? parts[at - 2] : undefined) ?? state.region;
  const arn = `arn:${state.partition}:lambda:${region}:${account}:function:${name}`;
  return { name, qualifier: qualifier ?? ownQualifier, arn };
}

/** The function, where it and the qualifier (`$LATEST`, a published version or an alias) exist. */
export function findFunction(state: TwinState, named: NamedFunction): Resource<"functions"> | ErrorAnswer {
  const found = state.functions.find(({ arn }) => arn === named.arn);
  const { qualifier } = named;
  const isKnown =
    found !== undefined &&
    (qualifier === undefined ||
      qualifier === "$LATEST" ||
      qualifier === found.version ||
      aliasOf(state, found, qualifier) !== undefined);
  if (found !== undefined && isKnown) return found;
  const arn = qualifier === undefined ? named.arn : `${named.arn}:${qualifier}`;
  return failed("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

export function aliasOf(
  state: TwinState,
  { arn, function_name }: Resource<"functions">,
  name: string,
): Resource<"functionAliases"> | undefined {
  return state.functionAliases.find(
    (alias) => alias.name === name && [function_name, arn].includes(alias.function_name),
  );
}

export function isErrorAnswer(value: object): value is ErrorAnswer {
  return "kind" in value && value.kind === "error";
}
