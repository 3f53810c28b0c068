import { playInstances, type UploadOutcome } from "../instances/play-instances.ts";
import type { ObjectWriter } from "../model/ports.ts";
import type { TwinState } from "../state/index.ts";
import type { Ports } from "./data-services.ts";
import type { StartedPart } from "./twin.ts";

/** Plays the instances' start scripts beside the rest of the boot; `uploads` says what has come of them so far. */
export function startInstances(
  state: TwinState,
  ports: Ports,
  objects: ObjectWriter,
): StartedPart & { readonly uploads: () => readonly UploadOutcome[] } {
  let uploads: readonly UploadOutcome[] = [];
  const played = playInstances(state, { ...ports, objects }).then((outcomes) => {
    uploads = outcomes;
  });
  return { uploads: () => uploads, close: () => played };
}
