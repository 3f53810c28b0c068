import { type BootResult, bootError } from "../model/boot-error.ts";
import type { Listener } from "../model/listener.ts";
import { type GatewayParts, gateway } from "../wire/gateway.ts";
import { listenTwoVersions } from "../wire/two-version-listener.ts";
import type { DataServices } from "./data-services.ts";
import type { BootEnvironment } from "./environment.ts";

/**
 * Opens the port that AWS_ENDPOINT_URL names: plain HTTP that stands for the TLS endpoints of AWS. `moreStatus` is what
 * parts that start later add to the status page.
 */
export async function startEndpoint(
  port: number,
  { ports, ledger }: DataServices,
  services: GatewayParts["services"],
  moreStatus: Readonly<Record<string, () => unknown>>,
  { report }: BootEnvironment,
): Promise<BootResult<Listener>> {
  const { identities, unimplemented } = ports;
  const status = () => ({
    unimplemented: unimplemented.counts(),
    ledger: ledger(),
    ...Object.fromEntries(Object.entries(moreStatus).map(([name, read]) => [name, read()])),
  });
  const parts = { services, identities, unimplemented, status, secureTransport: true, report };
  try {
    return { kind: "ok", value: await listenTwoVersions(port, gateway(parts)) };
  } catch (cause) {
    const inUse = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    return bootError(
      inUse ? "port.in-use" : "port.unusable",
      inUse ? `Port ${port} of 127.0.0.1 is in use.` : `Port ${port} of 127.0.0.1 cannot be listened on: ${cause}.`,
      `command line, --port ${port}`,
      "End what listens there, or leave --port out to take a free one.",
    );
  }
}
