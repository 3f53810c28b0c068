import type { TwinState } from "../../state/index.ts";
import type { ControlPlaneParts } from "../control-plane.ts";
import { type ControlPlaneServer, serveControlPlane } from "./control-plane-server.ts";

/** Serves a state for one question, and ends the server after it. */
export async function asking<T>(
  state: TwinState,
  given: Partial<ControlPlaneParts>,
  ask: (server: ControlPlaneServer) => Promise<T>,
): Promise<T> {
  const server = await serveControlPlane(state, given);
  try {
    return await ask(server);
  } finally {
    await server.close();
  }
}
