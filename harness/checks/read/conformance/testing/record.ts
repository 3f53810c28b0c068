import { writeFileSync } from "node:fs";
import { bootTwin } from "../../../../deployment/twin-process.ts";
import { targetsOfFacts } from "../../permissions.ts";
import { readingsOf } from "../readings.ts";
import { readAccount, readTwin } from "./read-account.ts";

/**
 * `record.ts STATE FUNCTIONS FILE`: reads the stack of that state from a twin that is booted from it and from AWS_ENDPOINT_URL,
 * and writes `{ twin, moto }` to FILE.
 */
async function record(stateFile: string, functionsFolder: string, file: string): Promise<void> {
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  // Nothing of the twin may find the other endpoint.
  delete process.env["AWS_ENDPOINT_URL"];
  const twin = await bootTwin({ stateFile, functionsFolder });
  try {
    const ofTwin = await readTwin(stateFile, twin);
    const ofMoto = await readAccount(stateFile, { endpoint, credentials }, targetsOfFacts(ofTwin));
    writeFileSync(file, JSON.stringify({ twin: readingsOf(ofTwin), moto: readingsOf(ofMoto) }));
  } finally {
    await twin.stop();
  }
}

const [stateFile, functionsFolder, file] = process.argv.slice(2);
if (stateFile === undefined || functionsFolder === undefined || file === undefined) {
  process.stderr.write("usage: record.ts STATE FUNCTIONS FILE\n");
  process.exitCode = 64;
} else {
  await record(stateFile, functionsFolder, file);
}
