import { diagnose } from "../diagnose/diagnose.ts";
import type { SeenFailure } from "../diagnose/explain.ts";
import { type Finding, failingFinding, passingFinding, type Stated, unknownFinding } from "../model/finding.ts";
import { followsFromCut, provesCut, severityOf } from "../model/finding-code.ts";
import type { Diagnosis, Failure, Observation } from "../model/observation.ts";
import type { ReadError } from "../model/read-error.ts";
import type { ScenarioResult } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Timeline } from "../model/timeline.ts";
import { applyPolicy } from "../policy/apply-policy.ts";
import { scenarioVerdict } from "../policy/verdicts.ts";
import { detect } from "../reconcile/detect.ts";
import { countEvents } from "../reconcile/event-counts.ts";
import { hopResults } from "../reconcile/hop-results.ts";
import { type LatencySamples, sampleLatency, summarizeLatency } from "../reconcile/latency.ts";

/** What the events of one scenario showed, judged by its policy. */
export interface JudgedScenario {
  readonly timeline: Timeline;
  /** All findings, each failure with what its own scenario knows of the cause. */
  readonly findings: readonly JudgedFinding[];
}

export type JudgedFinding =
  | { readonly kind: "failure"; readonly finding: Finding; readonly seen: SeenFailure }
  | { readonly kind: "other"; readonly finding: Finding };

/** @param doubt Why the way to the endpoint is in doubt; then an entry that does not answer says nothing of the stack. */
export function judgeTimeline(timeline: Timeline, doubt: ReadError | undefined): JudgedScenario {
  const { scenario } = timeline;
  const explainFailure = (failure: Failure): Diagnosis => diagnose(failure, timeline);
  const findings = detect(timeline).map((seen) => judgeObservation(seen, scenario, explainFailure, doubt));
  return { timeline, findings };
}

/** One observation under the scenario's policy, with its cause where it failed. */
export function judgeObservation(
  observation: Observation,
  scenario: Scenario,
  explainFailure: (failure: Failure) => Diagnosis,
  doubt: ReadError | undefined,
): JudgedFinding {
  const { code, subject, statement, evidence } = observation;
  const judged = { code, severity: severityOf(code), scenario: scenario.name, subject, statement, evidence };
  const ruling = applyPolicy(observation, scenario.policy);
  switch (ruling.verdict) {
    case "pass":
      return { kind: "other", finding: passingFinding(judged) };
    case "unknown":
      return { kind: "other", finding: unknownFinding(judged, { text: ruling.remedy }) };
    case "fail": {
      // What the entry answered, or did not.
      if (doubt !== undefined && code.startsWith("entry."))
        return { kind: "other", finding: unreachable(judged, doubt) };
      const { cause, remedy, evidence: more } = explainFailure(ruling.failure);
      const finding = failingFinding({ ...judged, evidence: [...evidence, ...more] }, cause, remedy);
      return { kind: "failure", finding, seen: { failure: ruling.failure, scenario } };
    }
    default:
      return ruling satisfies never;
  }
}

function unreachable(judged: Stated, { operation, code, message }: ReadError): Finding {
  return unknownFinding(
    { ...judged, evidence: [...judged.evidence, `${operation} failed too: ${code}: ${message}`] },
    {
      text: "The endpoint does not answer as AWS does: check the network, the region and AWS_ENDPOINT_URL, and run again.",
    },
  );
}

/**
 * The findings that a reader needs: failures that a broken setting explains are consequences there, and what is unknown only because
 * of a cut is omitted. A failure that no setting explains shows the settings `nearby`.
 */
export function tellFindings(
  { findings }: JudgedScenario,
  explained: ReadonlySet<SeenFailure>,
  nearby: (seen: SeenFailure) => readonly string[],
): Finding[] {
  const isCut = findings.some(({ kind, finding }) => kind === "failure" && provesCut(finding.code));
  return findings
    .filter((judged) => judged.kind === "other" || !explained.has(judged.seen))
    .map((judged) => (judged.kind === "other" ? judged.finding : withEvidence(judged.finding, nearby(judged.seen))))
    .filter(({ code, verdict }) => !(isCut && verdict === "unknown" && followsFromCut(code)));
}

function withEvidence(finding: Finding, more: readonly string[]): Finding {
  return { ...finding, evidence: [...finding.evidence, ...more] };
}

export function resultOf(
  { timeline }: JudgedScenario,
  findings: readonly Finding[],
): { readonly result: ScenarioResult; readonly samples: LatencySamples } {
  const { name, sentence } = timeline.scenario;
  const samples = sampleLatency(timeline);
  const result: ScenarioResult = {
    name,
    sentence,
    verdict: scenarioVerdict(name, findings),
    durationMs: timeline.durationMs,
    events: countEvents(timeline),
    hops: hopResults(timeline),
    latency: summarizeLatency([samples]),
  };
  return { result, samples };
}
