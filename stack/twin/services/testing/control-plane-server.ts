import { awsManagedPolicy } from "../../authorization/aws-managed-policies/index.ts";
import { allowEverything } from "../../authorization/testing/allow-everything.ts";
import { administrator, createIdentities } from "../../identity/identities.ts";
import type { AuthorizationRequest, Authorizer, Principal } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { gateway } from "../../wire/gateway.ts";
import { listenTwoVersions } from "../../wire/two-version-listener.ts";
import { unimplementedCounter } from "../../wire/unimplemented.ts";
import { createControlPlane } from "../control-plane.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";

/** The services that answer settings, behind the real wire on a port of their own. */
export interface ControlPlaneServer {
  /** What an SDK client takes: endpoint, region and the credentials of `principal` (the administrator unless given). */
  clientConfig(principal?: Principal): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Every access that was asked about, in order. */
  readonly asked: readonly AuthorizationRequest[];
  readonly unimplemented: ControlPlaneParts["unimplemented"];
  close(): Promise<void>;
}

/** Serves a state. What a test does not give is what a healthy stack has; `packages` then knows no zip. */
export async function serveControlPlane(
  state: TwinState,
  given: Partial<ControlPlaneParts> = {},
): Promise<ControlPlaneServer> {
  const asked: AuthorizationRequest[] = [];
  const { authorizer: decided = allowEverything, ...others } = given;
  const authorizer: Authorizer = {
    decide(request) {
      asked.push(request);
      return decided.decide(request);
    },
  };
  const unimplemented = unimplementedCounter();
  const services = createControlPlane({
    state,
    unimplemented,
    packages: { packageOf: async () => undefined },
    mappingResults: { lastProcessingResult: () => undefined },
    accountConcurrency: 1000,
    targetHealth: { check: async () => ({ state: "healthy" }) },
    awsManagedPolicy,
    ...others,
    authorizer,
  });
  const identities = createIdentities();
  const listener = await listenTwoVersions(
    0,
    gateway({
      services: new Map(services.map((service) => [service.name, service])),
      identities,
      unimplemented,
      status: () => ({}),
      secureTransport: true,
      report: (problem) => {
        throw new Error(problem);
      },
    }),
  );
  return {
    asked,
    unimplemented,
    clientConfig: (principal = administrator(state.partition, state.accountId)) => ({
      endpoint: `http://127.0.0.1:${listener.port}`,
      region: state.region,
      credentials: identities.credentialsOf(principal),
    }),
    close: () => listener.close(),
  };
}

/** An authorizer that allows all but the named actions. */
export function denying(...actions: readonly string[]): Authorizer {
  return {
    decide: ({ action }) =>
      actions.includes(action)
        ? { allowed: false, reason: `because no identity-based policy allows the ${action} action` }
        : { allowed: true },
  };
}

/** The one that must be there. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first, ...others] = list ?? [];
  if (first === undefined || others.length > 0) throw new Error(`expected one, got ${list?.length ?? "none"}`);
  return first;
}
