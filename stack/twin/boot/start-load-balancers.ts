import { type AlbEndpoint, startAlb } from "../front/alb/index.ts";
import type { FunctionInvoker, ObjectWriter } from "../model/ports.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import { loadBalancerConfigs } from "./load-balancer-configs.ts";
import type { StartedPart } from "./twin.ts";

/** Opens every listener of every application load balancer. */
export async function startLoadBalancers(
  state: TwinState,
  ports: Ports,
  invoker: FunctionInvoker,
  objects: ObjectWriter,
): Promise<StartedPart> {
  const { loadBalancers, targetGroups, notes } = loadBalancerConfigs(state);
  const alb = await startAlb(loadBalancers, targetGroups, { ...ports, invoker, objects });
  return {
    connectTo: Object.fromEntries(alb.endpoints.map((endpoint) => [hostOf(endpoint), endpoint.url])),
    notes: [...notes, ...alb.notes],
    close: () => alb.close(),
  };
}

/** A listener on its protocol's own port goes by the bare name (HTTPS with its scheme), another one names its port. */
function hostOf({ dnsName, port, protocol }: AlbEndpoint): string {
  const scheme = protocol === "HTTPS" ? "https://" : "";
  const usual = protocol === "HTTPS" ? 443 : 80;
  return `${scheme}${dnsName}${port === usual ? "" : `:${port}`}`;
}
