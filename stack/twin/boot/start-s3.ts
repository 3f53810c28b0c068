import type { FunctionInvoker, ObjectWriter } from "../model/ports.ts";
import type { RestService } from "../model/service.ts";
import { createS3 } from "../s3/index.ts";
import type { TwinState } from "../state/twin-state.ts";
import { gateway } from "../wire/gateway.ts";
import { selfSigned } from "../wire/self-signed.ts";
import { listenTls } from "../wire/tls-listener.ts";
import { listenTwoVersions } from "../wire/two-version-listener.ts";
import { bucketConfigs } from "./bucket-configs.ts";
import type { Ports } from "./data-services.ts";
import type { BootEnvironment } from "./environment.ts";
import type { StartedPart } from "./twin.ts";

/**
 * Makes the buckets, and opens two ports on which S3 alone is served: plain HTTP, which does not stand for TLS, and
 * HTTPS with a self-signed certificate. The same service answers on the endpoint too, as TLS.
 */
export async function startS3(
  state: TwinState,
  ports: Ports,
  invoker: FunctionInvoker,
  { report }: BootEnvironment,
): Promise<StartedPart & { readonly objects: ObjectWriter; readonly service: RestService }> {
  const { region, accountId } = state;
  const options = { region, accountId, keyArnOf: (key: string) => keyArnOf(state, key) };
  const s3 = createS3(bucketConfigs(state), { ...ports, invoker }, options);
  const { identities, unimplemented } = ports;
  const status = () => ({ unimplemented: unimplemented.counts() });
  const shared = { services: new Map([["s3", s3.service]]), identities, unimplemented, status, report };
  const hosts = state.buckets.map(({ bucket }) => `${bucket}.s3.${region}.amazonaws.com`);
  const plain = await listenTwoVersions(0, gateway({ ...shared, secureTransport: false }));
  const secure = await listenTls(0, () => selfSigned(hosts), gateway({ ...shared, secureTransport: true }), report);
  return {
    service: s3.service,
    objects: s3,
    notes: s3.notes,
    connectTo: Object.fromEntries(
      hosts.flatMap((host) => [
        [`http://${host}`, `http://127.0.0.1:${plain.port}`],
        [`https://${host}`, `https://127.0.0.1:${secure.port}`],
      ]),
    ),
    close: async () => {
      await Promise.all([plain.close(), secure.close(), s3.close()]);
    },
  };
}

/** A key by its id, its ARN, its alias or the alias' ARN. */
function keyArnOf({ keys, keyAliases }: TwinState, named: string): string | undefined {
  const alias = keyAliases.find(({ name, arn }) => name === named || arn === named);
  const id = alias?.target_key_id ?? named;
  return keys.find(({ key_id, arn }) => key_id === id || arn === id)?.arn;
}
