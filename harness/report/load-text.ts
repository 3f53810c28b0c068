import type { LoadReport, PhaseResult } from "../model/load-report.ts";
import type { Verdict } from "../model/verdict.ts";
import { type Colours, colourOf } from "./colours.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { describeProfile, describeSender, loadLines, PHASE_COLUMNS, phaseCells } from "./load-words.ts";
import { hang, wrap } from "./wrap.ts";

const MOST_PHASES = 30;
const LABEL_WIDTH = 10;

/** One load for a person at a terminal: its phases as a table, why those broke that broke, and what it found out. */
export function loadBlock(load: LoadReport, width: number, colours: Colours): string[] {
  const { spec } = load;
  const heading = `load of ${load.scenario}: ${describeProfile(spec.profile)}, ${spec.eventsPerRequest} in a request, ${describeSender(spec)}`;
  return [
    ...wrap(withoutControlCharacters(heading), width).map(colours.bold),
    ...phaseTable(load.phases, width, colours),
    ...loadLines(load).flatMap(([label, text]) =>
      hang(`  ${label.padEnd(LABEL_WIDTH - 2)}`, withoutControlCharacters(text), width),
    ),
  ];
}

function phaseTable(phases: readonly PhaseResult[], width: number, colours: Colours): string[] {
  if (phases.length === 0) return ["  no phase was planned"];
  const shown = phases.slice(0, MOST_PHASES);
  const rows = [PHASE_COLUMNS, ...shown.map(phaseCells)];
  const widths = PHASE_COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join(" "),
  );
  return [
    colours.dim(`    ${lines[0]}`),
    ...shown.flatMap((phase, index) => [
      `  ${colourOf(phase.holds, colours)(`${MARK[phase.holds]} ${lines[index + 1]}`)}`,
      ...(phase.holds === "pass" ? [] : hang("      ", withoutControlCharacters(phase.why), width).map(colours.dim)),
    ]),
    ...(phases.length > MOST_PHASES ? [`    and ${phases.length - MOST_PHASES} more phases in report.json`] : []),
  ];
}

const MARK: Readonly<Record<Verdict, string>> = { pass: "✓", unknown: "?", fail: "✗" };
