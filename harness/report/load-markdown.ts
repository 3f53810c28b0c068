import type { LoadReport } from "../model/load-report.ts";
import { dollars } from "./figures.ts";
import { describeProfile, describeSender, loadLines, PHASE_COLUMNS, phaseCells } from "./load-words.ts";
import { codeFence, escapeCell, escapeLine, folded, ICON, table } from "./markdown-text.ts";

const MOST_PHASES = 40;

/** One load in Markdown: its phases, what it found out, and the variables to set with what they cost. */
export function loadMarkdown(load: LoadReport): string {
  const { phases, recommendation } = load;
  const rows = phases
    .slice(0, MOST_PHASES)
    .map((phase) => [ICON[phase.holds], ...phaseCells(phase), escapeCell(phase.holds === "pass" ? "" : phase.why)]);
  const rest = phases.length - rows.length;
  return [
    `## Load of ${escapeCell(load.scenario)}: ${escapeCell(describeProfile(load.spec.profile))}, ${escapeCell(describeSender(load.spec))}`,
    table(["holds", ...PHASE_COLUMNS, "why not"], rows),
    ...(rest > 0 ? [`and ${rest} more phases in report.html`] : []),
    loadLines(load)
      .map(([label, text]) => (label === "" ? `  - ${escapeLine(text)}` : `- **${label}:** ${escapeCell(text)}`))
      .join("\n"),
    ...(recommendation === null
      ? []
      : [
          folded("variables to set (.auto.tfvars)", codeFence(recommendation.tfvars.trimEnd(), "hcl")),
          folded("cost a month", costTable(recommendation.monthlyCost)),
        ]),
  ].join("\n\n");
}

function costTable({
  lines,
  beforeUsd,
  afterUsd,
  assumptions,
}: NonNullable<LoadReport["recommendation"]>["monthlyCost"]): string {
  const rows = lines.map((line) => [escapeCell(line.item), dollars(line.beforeUsd), dollars(line.afterUsd)]);
  const sum = ["**all**", `**${dollars(beforeUsd)}**`, `**${dollars(afterUsd)}**`];
  const taken = assumptions.map((text) => `- ${escapeLine(text)}`);
  return [table(["what", "now", "then"], [...rows, sum]), ...(taken.length === 0 ? [] : [taken.join("\n")])].join(
    "\n\n",
  );
}
