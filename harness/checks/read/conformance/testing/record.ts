import { writeFileSync } from "node:fs";
import { readAccount } from "./read-account.ts";

/** `record.ts STATE FILE`: reads the stack of that state at AWS_ENDPOINT_URL and writes the readings to FILE. */
const [stateFile, file] = process.argv.slice(2);
if (stateFile === undefined || file === undefined) {
  process.stderr.write("usage: record.ts STATE FILE\n");
  process.exitCode = 64;
} else {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const readings = await readAccount(stateFile, { endpoint: process.env["AWS_ENDPOINT_URL"], credentials });
  writeFileSync(file, JSON.stringify(readings));
}
