import type { Failure, Observation } from "../model/observation.ts";
import type { ScenarioPolicy } from "../model/scenario.ts";

/** An observation with its verdict; a failure still wants its cause. */
export type Ruling =
  | { readonly verdict: "pass" }
  | { readonly verdict: "unknown"; readonly remedy: string }
  | { readonly verdict: "fail"; readonly failure: Failure };

/** The verdict on one observation: its own, or the scenario's where the observation leaves it to the policy. */
export function applyPolicy(observation: Observation, policy: ScenarioPolicy): Ruling {
  const { leaning } = observation;
  switch (leaning.verdict) {
    case "pass":
      return leaning;
    case "unknown":
      return leaning;
    case "fail":
      return { verdict: "fail", failure: { observation, hop: leaning.hop, tags: leaning.tags } };
    case "by-policy": {
      const verdict = policy[leaning.rule];
      if (verdict === "pass") return { verdict };
      if (verdict === "unknown") return { verdict, remedy: leaning.remedy };
      return { verdict, failure: { observation, hop: leaning.hop, tags: leaning.tags } };
    }
    default:
      return leaning satisfies never;
  }
}
