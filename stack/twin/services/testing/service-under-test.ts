import { afterAll } from "vitest";
import type { Principal } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { type ControlPlaneServer, serveControlPlane } from "./control-plane-server.ts";

type Config = ReturnType<ControlPlaneServer["clientConfig"]> & { readonly maxAttempts: number };

/** What a test gives in the place of what a healthy stack has, and who asks (the administrator unless given). */
type Given = Partial<ControlPlaneParts> & { readonly principal?: Principal };

/**
 * The SDK's client of one service of a state, for all tests of a file; it is ended after them. `asking` asks another server: of a
 * changed state, with other parts or as another caller.
 */
export async function serviceUnderTest<C extends { destroy(): void }>(
  Client: new (config: Config) => C,
  state: TwinState,
  given: Partial<ControlPlaneParts> = {},
) {
  const server = await serveControlPlane(state, given);
  const client = new Client({ ...server.clientConfig(), maxAttempts: 1 });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });
  const asking = async <T>(changed: TwinState, ask: (client: C) => Promise<T>, { principal, ...parts }: Given = {}) => {
    const other = await serveControlPlane(changed, parts);
    const otherClient = new Client({ ...other.clientConfig(principal), maxAttempts: 1 });
    try {
      return await ask(otherClient);
    } finally {
      otherClient.destroy();
      await other.close();
    }
  };
  return { client, server, asking };
}
