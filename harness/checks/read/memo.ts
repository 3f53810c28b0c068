import type { ReadTools } from "./reader.ts";

/** Does a piece of work that several settings of one run share once, whoever asks first. */
export function createMemo<T>(): (tools: ReadTools, key: string, work: () => Promise<T>) => Promise<T> {
  const runs = new WeakMap<ReadTools, Map<string, Promise<T>>>();
  return (tools, key, work) => {
    const known = runs.get(tools) ?? new Map<string, Promise<T>>();
    runs.set(tools, known);
    const result = known.get(key) ?? work();
    known.set(key, result);
    return result;
  };
}
