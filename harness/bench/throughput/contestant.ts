import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { Pool } from "undici";
import { runWrk } from "../wrk.ts";
import type { Contest, Effort } from "./contest.ts";
import { loadWithOurs } from "./ours.ts";

const BODY = '{"id":"sp-20261122t015900x7f3a9c-orders-123456","source":"stackproof"}';
const HEADERS = { "content-type": "application/json" };

/** Measures what happens between the end of the warm-up and the end of the run. */
export async function measured(work: () => Promise<number>): Promise<Effort> {
  const [cpu, startMs] = [process.cpuUsage(), performance.now()];
  const requests = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { requests, cpuMs: (user + system) / 1000, durationMs: performance.now() - startMs };
}

const CONTESTANTS: Readonly<Record<string, (contest: Contest) => Promise<Effort>>> = {
  ours: (contest) => loadWithOurs(contest, measured),
  autocannon: loadWithAutocannon,
  undici: loadWithUndici,
  wrk: loadWithWrk,
};

async function loadWithAutocannon({ url, warmUpMs, durationMs, connections }: Contest): Promise<Effort> {
  const run = async (milliseconds: number) => {
    const duration = milliseconds / 1000;
    const result = await autocannon({ url, connections, duration, method: "POST", headers: HEADERS, body: BODY });
    return result["2xx"];
  };
  await run(warmUpMs);
  return measured(() => run(durationMs));
}

async function loadWithUndici({ url, warmUpMs, durationMs, connections }: Contest): Promise<Effort> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const run = (milliseconds: number) => dispatchUntil(pool, pathname, connections, performance.now() + milliseconds);
  await run(warmUpMs);
  const effort = await measured(() => run(durationMs));
  await pool.close();
  return effort;
}

/** Keeps so many requests under way until the time is over; resolves with how many were acked. */
function dispatchUntil(pool: Pool, path: string, connections: number, untilMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let acked = 0;
    let underWay = 0;
    const next = () => {
      underWay += 1;
      let statusCode = 0;
      pool.dispatch(
        { path, method: "POST", headers: HEADERS, body: BODY },
        {
          onRequestStart: () => {},
          onResponseStart: (_, status) => {
            statusCode = status;
          },
          onResponseData: () => {},
          onResponseEnd: () => {
            underWay -= 1;
            if (statusCode === 202) acked += 1;
            if (performance.now() < untilMs) next();
            else if (underWay === 0) resolve(acked);
          },
          onResponseError: (_, error) => reject(error),
        },
      );
    };
    for (let index = 0; index < connections; index += 1) next();
  });
}

/** wrk in a process of its own, whose CPU time the kernel adds to ours as that of a child when it has ended. */
async function loadWithWrk({ url, durationMs, connections }: Contest): Promise<Effort> {
  const before = childCpuMs();
  const { requests, errors } = await runWrk({ url, connections, seconds: Math.round(durationMs / 1000), body: BODY });
  return { requests: requests - errors, cpuMs: childCpuMs() - before, durationMs };
}

/** User and system time of ended children: fields 16 and 17 of /proc/self/stat, in ticks of 10 ms (proc_pid_stat(5)). */
function childCpuMs(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

const [name = "", contest = "{}"] = process.argv.slice(2);
const run = CONTESTANTS[name];
if (run === undefined) throw new Error(`there is no contestant ${name}`);
process.stdout.write(`${JSON.stringify(await run(JSON.parse(contest)))}\n`);
