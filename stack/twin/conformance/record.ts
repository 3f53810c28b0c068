import { readFile, writeFile } from "node:fs/promises";
import { readState } from "../state/index.ts";
import { createClients } from "./clients.ts";
import { answersTo } from "./question.ts";
import { questionsAbout } from "./questions/index.ts";

/** `record.ts STATE FILE`: asks AWS_ENDPOINT_URL every question about the stack of that state, and writes the answers to FILE. */
async function record(stateFile: string, file: string): Promise<void> {
  const read = readState(await readFile(stateFile, "utf8"), stateFile);
  if (read.kind === "error") throw new Error(`${read.error.place}: ${read.error.message}`);
  const clients = createClients({
    endpoint: process.env["AWS_ENDPOINT_URL"] ?? "",
    region: read.value.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    await writeFile(file, JSON.stringify(await answersTo(questionsAbout(read.value), clients)));
  } finally {
    clients.destroy();
  }
}

const [stateFile, file] = process.argv.slice(2);
if (stateFile === undefined || file === undefined) {
  process.stderr.write("usage: record.ts STATE FILE\n");
  process.exitCode = 64;
} else {
  await record(stateFile, file);
}
