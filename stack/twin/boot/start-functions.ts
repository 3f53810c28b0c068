import { fileURLToPath } from "node:url";
import { defaultFunctionOptions } from "../lambda/function-options.ts";
import { createFunctions } from "../lambda/functions.ts";
import type { BootResult } from "../model/boot-error.ts";
import type { FunctionInvoker } from "../model/ports.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { Ports } from "./data-services.ts";
import type { BootEnvironment } from "./environment.ts";
import { functionConfigs } from "./function-configs.ts";
import type { TwinOptions } from "./options.ts";
import { sdkModulesFolder } from "./sdk-modules-folder.ts";
import type { StartedPart } from "./twin.ts";

/** Unpacks the functions of the state and makes them ready; their SDK is led to `endpointUrl`. */
export async function startFunctions(
  state: TwinState,
  { stateFile, functionsFolder }: TwinOptions,
  ports: Ports,
  endpointUrl: string,
  { moduleUrl }: BootEnvironment,
): Promise<BootResult<StartedPart & { readonly invoker: FunctionInvoker }>> {
  const configs = functionConfigs(state, stateFile, functionsFolder);
  const outcome = await createFunctions(configs, ports, {
    ...defaultFunctionOptions,
    workerFile: fileURLToPath(new URL("./worker.mjs", moduleUrl)),
    region: state.region,
    endpointUrl,
    sdkModulesFolder: sdkModulesFolder(moduleUrl),
  });
  if (outcome.kind === "error") return outcome;
  const functions = outcome.value;
  return { kind: "ok", value: { invoker: functions, notes: functions.notes, close: () => functions.close() } };
}
