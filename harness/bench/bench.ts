import { type Ended, stackproof } from "../testing/stackproof.ts";

/** What a bench found: names with units, and numbers. */
export type Figures = Readonly<Record<string, number>>;
export type Bench = () => Promise<Figures>;

export function printBench(figures: Figures, asJson: boolean, stream: NodeJS.WritableStream): void {
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(24)} ${value}`);
  stream.write(asJson ? `${JSON.stringify(figures)}\n` : `${lines.join("\n")}\n`);
}

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export interface TimedCommand extends Ended {
  readonly durationMs: number;
}

/** Runs the command line as a user would, and times the whole process. */
export async function timeStackproof(args: readonly string[], timeoutMs: number): Promise<TimedCommand> {
  const startMs = performance.now();
  const ended = await stackproof(args, { timeoutMs });
  return { ...ended, durationMs: performance.now() - startMs };
}
