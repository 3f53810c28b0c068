import type { Roles } from "../../model/role.ts";
import type { PipelineDefinition } from "../pipeline.ts";

export type RecognisedHop = PipelineDefinition["hops"][number];

/** A pipeline as far as a state shows it; `questions` are what it does not show. */
export interface RecognisedPipeline {
  readonly name: string;
  readonly entry: PipelineDefinition["entry"];
  readonly hops: readonly RecognisedHop[];
  readonly roles: Roles;
  readonly questions: readonly string[];
}

/** What an entry's function leads to. */
export interface RecognisedWay extends Pick<RecognisedPipeline, "hops" | "roles" | "questions"> {
  /** Name of the sink's hash key, which the event's body and the item's key use. */
  readonly hashKey: string;
}
