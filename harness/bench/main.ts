import { accuracy } from "./accuracy/accuracy.ts";
import { type Bench, printBench } from "./bench.ts";
import { delays } from "./delays.ts";
import { failures } from "./failures.ts";
import { help } from "./help.ts";
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
