import { availableParallelism } from "node:os";

/** Runs that wait more than they compute: half as many again as there are processors, and never many. */
export const SIDE_BY_SIDE = Math.max(2, Math.min(6, Math.ceil(availableParallelism() * 1.5)));

/** Lets work begin while less than `width` is under way; the rest waits its turn. */
export function sideBySide(width: number = SIDE_BY_SIDE): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
