import type { LoadEngineTold } from "../../../model/load-fact.ts";
import type { Observation } from "../../../model/observation.ts";
import { observe, PASS, unknown } from "../../observe.ts";
import { count } from "../../wording.ts";
import type { LoadLedger } from "../load-ledger.ts";
import type { LoadView } from "../load-view.ts";

/** `load.ledger-mismatch`: what another engine counted by itself, against the ledger of the requests that it reported one by one. */
export function detectLedgerMismatch(view: LoadView): Observation[] {
  const { ledger } = view;
  const { engine } = ledger.spec;
  if (engine === undefined) return [];
  const about = { code: "load.ledger-mismatch", at: engine.name } as const;
  const name = `${engine.name} ${engine.version}`;
  const differences = compare(ledger);
  if (differences.length > 0) {
    const statement = `The counters of ${name} and the ledger differ in ${count(differences.length, "figure")}.`;
    const leaning = { verdict: "fail", hop: ledger.scenario.hops[0].name, tags: [] } as const;
    return [observe(view.ledger.scenario, { ...about, statement, evidence: differences, leaning })];
  }
  const gaps = gapsOf(ledger);
  if (gaps.length > 0) {
    const statement = `Not all that ${name} counted is known, so its counters prove nothing of the ledger.`;
    const leaning = unknown("Look at the engine's own output beside the report for why, and run again.");
    return [observe(view.ledger.scenario, { ...about, statement, evidence: gaps, leaning })];
  }
  const { requests, answers } = ledgerCounts(ledger);
  const statement = `The counters of ${name} agree with the ledger: ${count(requests, "request")} sent.`;
  const evidence = [`by answer: ${[...answers].map(([answer, times]) => `${answer} ${times}`).join(", ")}`];
  return [observe(view.ledger.scenario, { ...about, statement, evidence, leaning: PASS })];
}

interface Counted {
  readonly requests: number;
  /** By answer: a status, `timeout`, `connection`, `connect`. */
  readonly answers: ReadonlyMap<string, number>;
}

function ledgerCounts({ seconds }: LoadLedger, workers?: ReadonlySet<number>): Counted {
  const answers = new Map<string, number>();
  let requests = 0;
  for (const { worker, sentRequests, answers: some } of seconds) {
    if (workers !== undefined && !workers.has(worker)) continue;
    requests += sentRequests;
    for (const [answer, times] of Object.entries(some)) answers.set(answer, (answers.get(answer) ?? 0) + times);
  }
  return { requests, answers: new Map([...answers].sort(([left], [right]) => (left < right ? -1 : 1))) };
}

/** Every figure that differs, of the workers whose report was read. */
function compare(ledger: LoadLedger): string[] {
  const read = ledger.engines.flatMap(({ worker, report }) => (report.kind === "read" ? [{ worker, report }] : []));
  if (read.length === 0) return [];
  const counters = sumCounters(read.map(({ report }) => report.counters));
  const { requests, answers } = ledgerCounts(ledger, new Set(read.map(({ worker }) => worker)));
  const failed = [...answers].reduce((sum, [answer, times]) => (isStatus(answer) ? sum : sum + times), 0);
  const statuses = [...new Set([...answers.keys(), ...codesOf(counters)])].filter(isStatus).sort();
  // An answer that broke behind its status line is counted twice there: as that status, and as an error.
  let broken = failed;
  const codes = statuses.flatMap((status) => {
    const [theirs, ours] = [counters.get(`${CODES}${status}`) ?? 0, answers.get(status) ?? 0];
    if (theirs > ours && theirs - ours <= broken) {
      broken -= theirs - ours;
      return [];
    }
    return differ(`${CODES}${status}`, theirs, ours);
  });
  return [
    ...differ("http.requests", counters.get("http.requests") ?? 0, requests),
    ...codes,
    ...differ("errors.*", errorsOf(counters), failed),
    ...differ("vusers.failed", counters.get("vusers.failed") ?? 0, failed),
  ];
}

const CODES = "http.codes.";
const ERRORS = "errors.";

function differ(counter: string, theirs: number, ours: number): string[] {
  return theirs === ours ? [] : [`${counter}: ${theirs} by the engine's report, ${ours} by the ledger`];
}

function isStatus(answer: string): boolean {
  return /^[0-9]{3}$/.test(answer);
}

function codesOf(counters: ReadonlyMap<string, number>): string[] {
  return [...counters.keys()].flatMap((name) => (name.startsWith(CODES) ? [name.slice(CODES.length)] : []));
}

function errorsOf(counters: ReadonlyMap<string, number>): number {
  return [...counters].reduce((sum, [name, times]) => (name.startsWith(ERRORS) ? sum + times : sum), 0);
}

function sumCounters(all: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const counters of all)
    for (const [name, times] of Object.entries(counters)) sums.set(name, (sums.get(name) ?? 0) + times);
  return sums;
}

function gapsOf({ engines }: LoadLedger): string[] {
  if (engines.length === 0) return ["no report of the engine is in the journal"];
  return engines.flatMap(gapOf);
}

function gapOf({ worker, report, unnamedRequests }: LoadEngineTold): string[] {
  if (report.kind === "missing") return [`worker ${worker}: ${report.reason}`];
  if (unnamedRequests === 0) return [];
  return [
    `worker ${worker}: of ${count(unnamedRequests, "request")} it is known how many were not acked, and not which; their events count as unknown`,
  ];
}
