import { SnapshotError } from "./errors.ts";

/** Throws unless AWS_ENDPOINT_URL is a loopback address: this command must never apply anything to AWS. */
export function checkEndpoint(environment: NodeJS.ProcessEnv): void {
  const endpoint = environment["AWS_ENDPOINT_URL"];
  const remedy = "start a control plane in memory (moto_server, for one) and set AWS_ENDPOINT_URL to its address";
  if (endpoint === undefined || endpoint === "") {
    throw new SnapshotError("no control plane to apply to", "environment, AWS_ENDPOINT_URL", remedy);
  }
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    throw new SnapshotError(`${endpoint} is not a loopback address`, "environment, AWS_ENDPOINT_URL", remedy);
  }
}

/** The caller's environment without what would change the result: variables, arguments, a workspace, another state. */
export function terraformEnvironment(environment: NodeJS.ProcessEnv, dataFolder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^TF_(VAR_|CLI_ARGS|WORKSPACE|DATA_DIR|LOG)|^AWS_ENDPOINT_URL_|^AWS_PROFILE$/.test(name),
  );
  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const quiet = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", AWS_EC2_METADATA_DISABLED: "true", CHECKPOINT_DISABLE: "1" };
  return { ...credentials, ...Object.fromEntries(kept), ...quiet, TF_DATA_DIR: dataFolder };
}
