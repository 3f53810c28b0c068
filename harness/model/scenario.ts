import type { Hop } from "./hop.ts";
import type { Roles } from "./role.ts";

/** What to prove, as data with every name resolved: it stands in the journal, so that the journal alone can be judged. */
export interface Scenario {
  /** Short and unique, for `--only` and reports: `alb-to-table`. */
  readonly name: string;
  /** The sentence that the scenario proves. */
  readonly sentence: string;
  readonly pipeline: string;
  /** Producer part of the tags: letters and digits, unique in a run. */
  readonly producer: string;
  readonly entry: Entry;
  /** From the entry to the sink. The first is the entry, the last the sink. */
  readonly hops: readonly [Hop, ...Hop[]];
  readonly load: SendPlan;
  readonly deadlines: Deadlines;
  readonly policy: ScenarioPolicy;
  /** The parts that resources play in the pipeline, for the checks. */
  readonly roles: Roles;
}

export type Entry =
  | {
      readonly kind: "http";
      readonly via: "alb" | "api-gateway";
      readonly method: string;
      readonly url: string;
      /** JSON text of one event; holds `{tag}`. */
      readonly body: string;
      /** JSON text of a request with several events; holds `"{events}"`, which becomes the list of their bodies. */
      readonly batchBody: string | null;
    }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      /** Holds `{tag}`. */
      readonly key: string;
      readonly body: string;
    };

export interface SendPlan {
  /** How many requests, and how many events each carries. */
  readonly requests: readonly { readonly events: number }[];
  /** Time from one intended request to the next. */
  readonly intervalMs: number;
}

/** How long after the last send each kind of hop may take to show an event. */
export interface Deadlines {
  readonly requestMs: number;
  readonly eventsMs: number;
  readonly logsMs: number;
  readonly metricsMs: number;
}

/** Which verdict a kind of event that needs no judgement elsewhere gets. */
export interface ScenarioPolicy {
  readonly duplicated: "pass" | "unknown" | "fail";
  readonly unexpected: "pass" | "unknown" | "fail";
}
