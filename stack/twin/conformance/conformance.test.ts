import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { stateOf } from "../services/testing/control-plane-server.ts";
import { type BuiltTwin, buildTwin, startTwin } from "../testing/twin-process.ts";
import { createClients } from "./clients.ts";
import { differencesBetween, fieldCount, judged } from "./differences.ts";
import { knownDifferences } from "./known-differences.ts";
import { answersTo } from "./question.ts";
import { questionsAbout } from "./questions/index.ts";

/** A command that runs the command given to it against moto, with AWS_ENDPOINT_URL set. */
const moto = process.env["STACKPROOF_MOTO"];
const applyAndRunFile = fileURLToPath(new URL("../../snapshot/apply-and-run.ts", import.meta.url));
const recordFile = fileURLToPath(new URL("record.ts", import.meta.url));
const recordTimeoutMs = 480_000;

const answersSchema = z.record(z.string(), z.unknown());
type Answers = Readonly<z.infer<typeof answersSchema>>;

describe.skipIf(moto === undefined)(
  `a twin of the state of an apply answers as moto does after it${moto ? "" : " (skipped: STACKPROOF_MOTO is not set)"}`,
  () => {
    let folder: string;
    let built: BuiltTwin;
    let expected: Answers;
    let actual: Answers;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "stackproof-conformance-"));
      const stateFile = join(folder, "state.json");
      expected = await answersOfMoto(moto ?? "", stateFile, join(folder, "answers.json"));
      built = await buildTwin();
      actual = await answersOfTwin(built, stateFile);
    }, recordTimeoutMs + 60_000);

    afterAll(async () => {
      await built?.remove();
      await rm(folder, { recursive: true, force: true });
    });

    it("in every field but those whose difference is known", () => {
      expect(fieldCount(expected)).toBeGreaterThan(500);
      expect(judged(differencesBetween(expected, actual), knownDifferences).unexplained).toEqual([]);
    });

    it("and no known difference is one no more", () => {
      expect(judged(differencesBetween(expected, actual), knownDifferences).outdated).toEqual([]);
    });
  },
);

/** Applies the stack to moto, keeps the state, and asks everything; with its own deadline, because an apply may hang. */
async function answersOfMoto(command: string, stateFile: string, file: string): Promise<Answers> {
  const tsx = [process.execPath, "--import", "tsx"];
  const args = [...tsx, applyAndRunFile, stateFile, ...tsx, recordFile, stateFile, file];
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], timeout: recordTimeoutMs });
  const end = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(`${code ?? signal}`));
  });
  if (end !== "0") throw new Error(`${command} ended with ${end}: what it printed says why`);
  return answersSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

async function answersOfTwin(built: BuiltTwin, stateFile: string): Promise<Answers> {
  const twin = await startTwin(built, ["--state", stateFile, "--functions", built.functionsFolder]);
  try {
    if (twin.first.kind === "error") throw new Error(`${twin.first.code}: ${twin.first.message}`);
    const { env, region } = twin.first;
    const clients = createClients({
      endpoint: env["AWS_ENDPOINT_URL"] ?? "",
      region,
      credentials: {
        accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
        secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
      },
    });
    const answers = await answersTo(questionsAbout(stateOf(await readFile(stateFile, "utf8"))), clients);
    clients.destroy();
    return answers;
  } finally {
    twin.child.kill();
    await twin.ended;
  }
}
