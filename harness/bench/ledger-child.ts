import { readJournal } from "../journal/reader.ts";
import { judge } from "../run/judge.ts";

/**
 * Reads and judges one journal, and says what that took: `node ledger-child.ts JOURNAL`. The first time is what a user waits for; the
 * best of some more, once the code is warm, is what the events themselves cost.
 */
const WARM_ROUNDS = 4;
const WARM_MS = 6_000;
const [path = ""] = process.argv.slice(2);
const idleMaxRssBytes = maxRssBytes();
const idleCpu = process.cpuUsage();
const startMs = performance.now();
const facts = readJournal(path);
const readMs = performance.now() - startMs;
const { events } = judge(facts);
const judgeMs = performance.now() - startMs - readMs;
const { user, system } = process.cpuUsage(idleCpu);
const cpuMs = (user + system) / 1000;
const firstMaxRssBytes = maxRssBytes();
let warmCpuMs = cpuMs;
for (let round = 0; round < WARM_ROUNDS && performance.now() - startMs < WARM_MS; round += 1) {
  const before = process.cpuUsage();
  judge(readJournal(path));
  const spent = process.cpuUsage(before);
  warmCpuMs = Math.min(warmCpuMs, (spent.user + spent.system) / 1000);
}
process.stdout.write(
  JSON.stringify({ readMs, judgeMs, cpuMs, warmCpuMs, idleMaxRssBytes, maxRssBytes: firstMaxRssBytes, events }),
);

/** The most that this process has ever held (getrusage: kilobytes). */
function maxRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
