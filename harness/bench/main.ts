import { accuracy } from "./accuracy/accuracy.ts";
import { type Bench, type Figures, median, printBench, timeStackproof } from "./bench.ts";
import { delays } from "./delays.ts";
import { failures } from "./failures.ts";
import { ledger } from "./ledger.ts";
import { planted } from "./planted.ts";
import { search } from "./search.ts";
import { throughput } from "./throughput/throughput.ts";
import { twin } from "./twin/twin.ts";
import { verify } from "./verify.ts";

/** `npm run bench -- NAME [--json]`: measures one thing and prints it. Figures are medians over runs. */
const BENCHES: Readonly<Record<string, Bench>> = {
  verify,
  help,
  delays,
  failures,
  ledger,
  planted,
  twin,
  search,
  accuracy,
  throughput,
};

const [name = "", ...flags] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`There is no bench ${JSON.stringify(name)}. Name one of: ${Object.keys(BENCHES).join(", ")}.\n`);
  process.exitCode = 3;
} else {
  printBench(await bench(), flags.includes("--json"), process.stdout);
}

/** How long `stackproof --help` takes, as a whole process. */
async function help(): Promise<Figures> {
  const durationsMs: number[] = [];
  for (let run = 0; run < 7; run += 1) durationsMs.push((await timeStackproof(["--help"], 10_000)).durationMs);
  return { durationMs: Math.round(median(durationsMs)), worstMs: Math.round(Math.max(...durationsMs)) };
}
