import { readLimitFile } from "../limits/limit-file.ts";
import { createServiceLimits } from "../limits/service-limits.ts";
import type { BootResult } from "../model/boot-error.ts";
import type { Clock } from "../model/ports.ts";
import type { ServiceLimits } from "../model/service-limits.ts";
import type { TwinState } from "../state/twin-state.ts";
import { reservedConcurrencyOf } from "./function-configs.ts";
import { readPlantedFile } from "./read-file.ts";

/** AWS' limits over the state's resources; those that the limit file names are as it says. */
export async function readLimits(
  file: string | undefined,
  state: TwinState,
  clock: Clock,
): Promise<BootResult<ServiceLimits>> {
  const functions = state.functions.map((each) => ({
    functionName: each.function_name,
    reservedConcurrency: reservedConcurrencyOf(each),
  }));
  const throttle = state.apiGatewayAccounts[0]?.throttle_settings;
  const ofAccount =
    throttle === undefined ? {} : { apiRequestsPerSecond: throttle.rate_limit, apiBurst: throttle.burst_limit };
  const limited = { tables: state.tables, functions };
  if (file === undefined) return { kind: "ok", value: createServiceLimits(limited, ofAccount, clock) };
  const text = await readPlantedFile(file, "limit");
  if (text.kind === "error") return text;
  const names = functions.map(({ functionName }) => functionName);
  const read = readLimitFile(text.value, file, names);
  if (read.kind === "error") return read;
  return { kind: "ok", value: createServiceLimits(limited, { ...ofAccount, ...read.value }, clock) };
}
