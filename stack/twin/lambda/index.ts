export {
  type AsynchronousConfig,
  defaultAsynchronousConfig,
  type FunctionConfig,
  runsOnNode,
} from "./function-config.ts";
export { defaultFunctionOptions, type FunctionOptions } from "./function-options.ts";
export type { PackageError } from "./function-package.ts";
export { type CreateFunctionsOutcome, createFunctions, type Functions } from "./functions.ts";
export type { FunctionPorts } from "./invocable-function.ts";
export { type WorkerFile, workerFile } from "./worker-file.ts";
