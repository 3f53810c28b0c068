import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { count, figure } from "./figures.ts";
import { ofVerdict } from "./finding-words.ts";
import { firstCut } from "./stations.ts";

/** The verdict of a run in one sentence. */
export function headlineOf(report: Report): string {
  return [sentenceOf(report), ...capacitiesOf(report)].join(" ");
}

function sentenceOf(report: Report): string {
  const found = ofVerdict(report.findings, report.verdict);
  switch (report.verdict) {
    case "pass":
      return proven(report);
    case "unknown":
      return first("Not everything could be seen", found);
    case "fail":
      return ofFailure(report, found);
    default:
      return report.verdict satisfies never;
  }
}

function proven({ events, findings }: Report): string {
  const checks = count(findings.length, "statement holds", "statements hold");
  if (events.intended === 0) return `No event was sent; ${checks}.`;
  const arrived =
    events.arrived === events.intended
      ? `${count(events.intended, "event")} went in, and each came out once`
      : `${figure(events.arrived)} of ${count(events.intended, "event")} came out`;
  return `${arrived}; ${checks}.`;
}

/** What the stack carries, where that was sought. */
function capacitiesOf({ loads = [] }: Report): string[] {
  return loads.flatMap(({ scenario, capacity }) =>
    capacity.kind === "found" ? [`${scenario} holds ${figure(capacity.holdsEventsPerSecond)} events/s.`] : [],
  );
}

/** Which wire is cut, of the first scenario that has one, and the finding that tells of it. */
function ofFailure({ scenarios }: Report, found: readonly Finding[]): string {
  for (const scenario of scenarios) {
    const cut = firstCut(scenario);
    if (cut === undefined) continue;
    const telling = found.filter((finding) => isAbout(finding, scenario.name));
    const others = found.filter((finding) => !telling.includes(finding));
    return first(`${scenario.name} is cut between ${cut.from} and ${cut.to}`, [...telling, ...others]);
  }
  return first("", found);
}

/** Whether a finding, or what followed from it, was seen in a scenario. */
function isAbout({ scenario, consequences }: Finding, name: string): boolean {
  return scenario === name || consequences.some(({ subject }) => subject.startsWith(`${name} /`));
}

function first(before: string, [finding, ...more]: readonly Finding[]): string {
  const rest = more.length === 0 ? "" : ` ${count(more.length, "more finding")} below.`;
  if (finding === undefined) return `${before === "" ? "Nothing was judged" : before}.`;
  return `${before === "" ? "" : `${before}: `}${finding.statement.replace(/\.$/, "")}.${rest}`;
}
