import { inspect, types } from "node:util";
import type { FunctionError } from "../thread-messages.ts";

/** An error of the runtime itself, named as Lambda names it (`Runtime.ImportModuleError`, ...). */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Any thrown value as the Invoke API shows it: an `Error` by name and message, anything else by its type. */
export function toFunctionError(thrown: unknown): FunctionError {
  if (isErrorLike(thrown)) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
  }
  return {
    errorType: typeof thrown,
    errorMessage: typeof thrown === "string" ? thrown : inspect(thrown),
    trace: [],
  };
}

/** The tab and the JSON that Lambda's Node.js runtime appends to its own `Invoke Error` and `Uncaught Exception` lines. */
export function toLogText(thrown: unknown): string {
  const { errorType, errorMessage, trace } = toFunctionError(thrown);
  const extra = isErrorLike(thrown) ? ownProperties(thrown) : {};
  return `\t${JSON.stringify({ errorType, errorMessage, ...extra, stack: trace })}`;
}

function isErrorLike(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

function ownProperties(error: Error): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(error)) {
    if (["name", "message", "stack"].includes(key)) continue;
    properties[key] = isPlain(value) ? value : inspect(value, { depth: 1 });
  }
  return properties;
}

function isPlain(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
