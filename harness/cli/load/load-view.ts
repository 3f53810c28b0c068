import type { Fact } from "../../model/fact.ts";
import type { Clock, Journal } from "../../model/ports.ts";
import { type Scenario, sinkOf } from "../../model/scenario.ts";
import type { LoadView } from "../../run/load/run-loads.ts";
import { LoadTallies, loadLines } from "./load-tally.ts";

const REDRAW_MS = 250;
const LINE_EVERY_MS = 5_000;
const ERASE_LINE = "\u001b[2K";
const UP = "\u001b[1A";

/** Shows a load while it runs: two lines redrawn in place on a terminal, a line every few seconds elsewhere. */
export function showLoad(scenarios: readonly Scenario[], journal: Journal, clock: Clock): LoadView {
  const stream = process.stderr;
  const inPlace = stream.isTTY === true && process.env["TERM"] !== "dumb";
  const startMs = clock.nowMs();
  const tallies = new Map(scenarios.map((scenario) => [scenario.name, new LoadTallies(sinkOf(scenario)?.name ?? "")]));
  let drawn = 0;
  let newest: string | undefined;
  let lastMs = startMs;
  let isStale = false;

  const columns = () => Math.max(20, (stream.columns ?? 80) - 1);
  const linesNow = (): readonly string[] => {
    const tally = newest === undefined ? undefined : tallies.get(newest);
    return newest === undefined || tally === undefined ? [] : loadLines(newest, tally.tally());
  };
  // One write a frame: a terminal never shows half of it.
  const redraw = (above: string) => {
    const frame = linesNow().map((line) => `${ERASE_LINE}${line.slice(0, columns())}\n`);
    stream.write(`${`${UP}${ERASE_LINE}`.repeat(drawn)}${above}${frame.join("")}`);
    drawn = frame.length;
  };
  const since = () => `${((clock.nowMs() - startMs) / 1000).toFixed(1).padStart(6)} s  `;
  const show = () => {
    const nowMs = clock.nowMs();
    if (nowMs - lastMs < (inPlace ? REDRAW_MS : LINE_EVERY_MS)) {
      isStale = true;
      return;
    }
    lastMs = nowMs;
    isStale = false;
    if (inPlace) redraw("");
    else if (newest !== undefined) stream.write(`${since()}${linesNow().join("  ").replaceAll(/ {3,}/g, "  ")}\n`);
  };

  return {
    journal: {
      append(fact: Fact) {
        journal.append(fact);
        if (!("scenario" in fact)) return;
        tallies.get(fact.scenario)?.count(fact);
        if (fact.fact === "load-phase" || fact.fact === "load-second") newest = fact.scenario;
        if (fact.fact === "load-second" || fact.fact === "load-arrived") show();
      },
    },
    note(line) {
      if (inPlace) redraw(`${ERASE_LINE}${line}\n`);
      else stream.write(`${since()}${line}\n`);
    },
    done() {
      if (inPlace && isStale) redraw("");
      drawn = 0;
    },
  };
}
