import { playInstances, type UploadOutcome } from "../instances/play-instances.ts";
import type { ObjectWriter } from "../model/ports.ts";
import { deliverFlowLogs } from "../network/deliver-flow-logs.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import type { StartedPart } from "./twin.ts";

/** Delivers the flow logs' first records, and plays the instances' start scripts beside the rest of the boot; `uploads` says what has come of them so far. */
export function startInstances(
  state: TwinState,
  ports: Ports,
  objects: ObjectWriter,
): StartedPart & { readonly uploads: () => readonly UploadOutcome[] } {
  deliverFlowLogs(state, ports);
  let uploads: readonly UploadOutcome[] = [];
  const played = playInstances(state, { ...ports, objects }).then((outcomes) => {
    uploads = outcomes;
  });
  return { uploads: () => uploads, close: () => played };
}
