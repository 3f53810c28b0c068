import { classifyReadError, ReadFailed, timedOut } from "./read-error.ts";

/**
 * Makes one service call and turns whatever goes wrong into ReadFailed. An answer that comes after `signal` aborted is thrown
 * away, so that an overtaken read can change nothing and journal nothing.
 *
 * @param operation The operation by its IAM action name, for example `kinesis:GetRecords`.
 */
export async function call<T>(operation: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  let output: T;
  try {
    output = await send();
  } catch (error) {
    throw new ReadFailed(classifyReadError(error, operation));
  }
  if (signal.aborted) throw new ReadFailed(timedOut(operation, 0));
  return output;
}
