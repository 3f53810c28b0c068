import type { TerraformResource } from "../../model/terraform-resource.ts";
import { albPipelines } from "./alb-pipelines.ts";
import { apiPipelines } from "./api-pipelines.ts";
import { bucketPipelines } from "./bucket-pipelines.ts";
import type { RecognisedPipeline } from "./recognised.ts";
import { StackView } from "./stack-view.ts";

/** Every pipeline that a state shows from entry to sink, each with its own name; empty where it shows none. */
export function recognise(
  resources: readonly TerraformResource[],
  outputs: ReadonlyMap<string, unknown>,
): readonly RecognisedPipeline[] {
  const view = new StackView(resources, outputs);
  const taken = new Map<string, number>();
  return [...albPipelines(view), ...apiPipelines(view), ...bucketPipelines(view)].map((pipeline) => {
    const count = (taken.get(pipeline.name) ?? 0) + 1;
    taken.set(pipeline.name, count);
    return count === 1 ? pipeline : { ...pipeline, name: `${pipeline.name}${count}` };
  });
}
