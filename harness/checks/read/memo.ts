import type { ReadTools } from "./reader.ts";

/** Does work that several settings of a run share only once. */
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
