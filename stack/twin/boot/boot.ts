import { type BootResult, bootError } from "../model/boot-error.ts";
import type { FaultPlan } from "../model/ports.ts";
import type { RestService, Service } from "../model/service.ts";
import type { ServiceLimits } from "../model/service-limits.ts";
import { TableNotCreated } from "../services/dynamodb/dynamodb.ts";
import { readState } from "../state/read-state.ts";
import type { TwinState } from "../state/twin-state.ts";
import { type Authorization, readAuthorization } from "./authorization.ts";
import { controlPlane } from "./control-plane.ts";
import { createDataServices, type DataServices } from "./data-services.ts";
import type { BootEnvironment } from "./environment.ts";
import type { TwinOptions } from "./options.ts";
import { readFaults } from "./read-faults.ts";
import { readTextFile } from "./read-file.ts";
import { readLimits } from "./read-limits.ts";
import { startEndpoint } from "./start-endpoint.ts";
import { startFunctions } from "./start-functions.ts";
import { startInstances } from "./start-instances.ts";
import { startLoadBalancers } from "./start-load-balancers.ts";
import { startMappings } from "./start-mappings.ts";
import { startRestApis } from "./start-rest-apis.ts";
import { startS3 } from "./start-s3.ts";
import type { StartedPart, Twin } from "./twin.ts";

/** Boots a twin: state, data services, wire, functions, front doors, event sources, in this order. */
export async function boot(options: TwinOptions, environment: BootEnvironment): Promise<BootResult<Twin>> {
  const faults = await readFaults(options.faultsFile, environment.clock);
  if (faults.kind === "error") return faults;
  const state = await readStateFrom(options.stateFile);
  if (state.kind === "error") return state;
  const authorization = await readAuthorization(state.value, options, environment.clock);
  if (authorization.kind === "error") return authorization;
  const limits = await readLimits(options.limitsFile, state.value, environment.clock);
  if (limits.kind === "error") return limits;
  const planted = { faults: faults.value.plan, limits: limits.value };
  const made = await makeDataServices(state.value, options, environment, authorization.value, planted);
  if (made.kind === "error") return made;
  const data = made.value;
  const services = new Map<string, Service | RestService>(data.services.map((service) => [service.name, service]));
  const status: Record<string, () => unknown> = {
    denied: authorization.value.denials,
    faults: faults.value.ledger,
  };
  const endpoint = await startEndpoint(options.port, data, services, status, environment);
  if (endpoint.kind === "error") return endpoint;
  const endpointUrl = `http://127.0.0.1:${endpoint.value.port}`;
  const functions = await startFunctions(state.value, options, data.ports, endpointUrl, environment);
  if (functions.kind === "error") {
    await endpoint.value.close();
    return functions;
  }
  const { invoker } = functions.value;
  const s3 = await startS3(state.value, data.ports, invoker, environment);
  const mappings = startMappings(state.value, data.ports, invoker, s3.objects);
  const settings = controlPlane(state.value, options, data.ports, invoker, mappings);
  for (const service of [...settings, s3.service]) services.set(service.name, service);
  const instances = startInstances(state.value, data.ports, s3.objects);
  status["instances"] = instances.uploads;
  const parts: StartedPart[] = [
    instances,
    mappings,
    functions.value,
    await startLoadBalancers(state.value, data.ports, invoker, s3.objects),
    await startRestApis(state.value, data.ports, invoker),
    s3,
    endpoint.value,
  ];
  return { kind: "ok", value: twinOf(state.value, data, authorization.value, endpointUrl, parts) };
}

async function readStateFrom(file: string): Promise<BootResult<TwinState>> {
  const remedy = "Write it with `terraform show -json > state.json`, or name another file with --state.";
  const text = await readTextFile(file, "The state file", "state.not-found", file, remedy);
  return text.kind === "error" ? text : readState(text.value, file);
}

async function makeDataServices(
  state: TwinState,
  options: TwinOptions,
  { clock }: BootEnvironment,
  authorization: Authorization,
  { faults, limits }: { readonly faults: FaultPlan; readonly limits: ServiceLimits },
): Promise<BootResult<DataServices>> {
  try {
    return { kind: "ok", value: await createDataServices(state, options, clock, authorization, faults, limits) };
  } catch (cause) {
    if (!(cause instanceof TableNotCreated)) throw cause;
    return bootError(
      "state.table-refused",
      `${cause.address}: DynamoDB does not make this table: ${cause.message}`,
      `${options.stateFile}, ${cause.address}`,
      "Apply the stack, then write the state anew with `terraform show -json`.",
    );
  }
}

function twinOf(
  state: TwinState,
  data: DataServices,
  { caller, notes }: Authorization,
  endpointUrl: string,
  parts: readonly StartedPart[],
): Twin {
  const { accountId, region } = state;
  const credentials = data.ports.identities.credentialsOf(caller);
  return {
    accountId,
    region,
    env: {
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    connectTo: Object.assign({}, ...parts.map(({ connectTo }) => connectTo ?? {})),
    notes: [...state.notes, ...notes, ...parts.flatMap(({ notes }) => notes ?? [])],
    close: async () => {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}
