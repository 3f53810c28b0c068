import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { createServiceLimits } from "../../limits/service-limits.ts";
import { DEFAULT_ASYNCHRONOUS_CONFIG, type FunctionConfig } from "../function-config.ts";
import { defaultFunctionOptions, type FunctionOptions } from "../function-options.ts";
import { createFunctions } from "../functions.ts";
import type { FunctionPorts } from "../invocable-function.ts";
import { rememberingPorts } from "./test-ports.ts";

export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:subject";
export const invoker = {
  kind: "service",
  service: "elasticloadbalancing.amazonaws.com",
  sourceArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/tg/0123456789abcdef",
  sourceAccount: "123456789012",
} as const;

/** The threads' entry as `npm run build` makes it. */
const workerPath = fileURLToPath(new URL("../../dist/worker.mjs", import.meta.url));

/** Zips handlers and makes functions of them. */
export async function functionWorkshop() {
  const folder = await mkdtemp(join(tmpdir(), "stackproof-test-"));
  const open: { close(): Promise<void> }[] = [];
  let zips = 0;
  return {
    /** A zip of these files, by name. */
    async zip(files: Readonly<Record<string, string>>): Promise<string> {
      const path = join(folder, `${++zips}.zip`);
      const entries = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
      await writeFile(path, zipSync(Object.fromEntries(entries)));
      return path;
    },
    /** One function, `subject`, of this `index.js`. */
    async subject(
      source: string,
      ports: Omit<FunctionPorts, "limits"> & Partial<Pick<FunctionPorts, "limits">>,
      config: Partial<FunctionConfig> = {},
      options: Partial<FunctionOptions> = {},
    ) {
      const zipPath = await this.zip({ "index.js": source });
      const configs = [{ ...defaultConfig, zipPath, ...config }];
      const limits = createServiceLimits({ tables: [], functions: configs }, {}, ports.clock);
      const outcome = await createFunctions(
        configs,
        { limits, ...ports },
        {
          ...defaultFunctionOptions,
          workerFile: workerPath,
          region: "eu-central-1",
          endpointUrl: "http://127.0.0.1:1",
          ...options,
        },
      );
      if (outcome.kind === "error") throw new Error(outcome.error.message);
      open.push(outcome.value);
      return outcome.value;
    },
    /** Invokes `subject`, of this `index.js`, once with this event. */
    async invokeOnce(source: string, event: unknown = {}, config: Partial<FunctionConfig> = {}) {
      const ports = rememberingPorts();
      const functions = await this.subject(source, ports, config);
      const outcome = await functions.invoke(functionArn, JSON.stringify(event), invoker);
      return { ports, functions, outcome };
    },
    workerPath,
    async close() {
      await Promise.all(open.map((each) => each.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const defaultConfig: FunctionConfig = {
  functionName: "subject",
  arn: functionArn,
  handler: "index.handler",
  runtime: "nodejs20.x",
  timeoutSeconds: 5,
  memoryMiB: 256,
  environment: { TABLE_NAME: "items" },
  roleArn: "arn:aws:iam::123456789012:role/subject-role",
  zipPath: undefined,
  reservedConcurrency: undefined,
  logGroupName: "/aws/lambda/subject",
  asynchronous: DEFAULT_ASYNCHRONOUS_CONFIG,
};
