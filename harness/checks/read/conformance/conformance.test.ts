import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { packageRoot } from "../../../deployment/package-root.ts";
import { FUNCTIONS } from "../../../testing/stackproof.ts";
import { READERS } from "../readers.ts";
import { differencesBetween, fieldsOf, outdated, unlisted } from "./differences.ts";
import { knownDifferences } from "./known-differences.ts";

/** A command that runs the command given to it against moto, with AWS_ENDPOINT_URL set. */
const moto = process.env["STACKPROOF_MOTO"];
const TIMEOUT_MS = 480_000;

const recordSchema = z.object({ moto: z.record(z.string(), z.unknown()), twin: z.record(z.string(), z.unknown()) });

describe.skipIf(moto === undefined)(
  `the readers read the twin of an apply's state as they read moto after that apply${moto ? "" : " (skipped: STACKPROOF_MOTO is not set)"}`,
  () => {
    let folder: string;
    let record: z.infer<typeof recordSchema>;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "stackproof-readers-"));
      record = await applyAndRead(moto ?? "", folder);
    }, TIMEOUT_MS + 30_000);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it("in every field but those whose difference is known", () => {
      expect(unlisted(differencesBetween(record.moto, record.twin), knownDifferences)).toEqual([]);
    });

    it("and no known difference is one no more", () => {
      expect(outdated(differencesBetween(record.moto, record.twin), knownDifferences)).toEqual([]);
    });

    it("of every kind that there is a reader for, none of them unread at the twin", () => {
      const kinds = Object.entries(record.twin).map(([name, reading]) => [name.split(" ")[0], reading] as const);
      expect([...new Set(kinds.map(([kind]) => kind))].sort()).toEqual(Object.keys(READERS).sort());
      expect(kinds.filter(([, reading]) => z.object({ unread: z.unknown() }).safeParse(reading).success)).toEqual([]);
      expect(fieldsOf(record.moto).size).toBeGreaterThan(600);
    });
  },
);

/** Applies the stack to moto and reads it there and from a twin; with its own deadline, because an apply may hang. */
async function applyAndRead(command: string, folder: string): Promise<z.infer<typeof recordSchema>> {
  const stateFile = join(folder, "state.json");
  const file = join(folder, "record.json");
  const functions = join(folder, "functions");
  // A build beside this test must not change the zips between the apply and the twin's boot.
  cpSync(FUNCTIONS, functions, { recursive: true });
  const tsx = [process.execPath, "--import", "tsx"];
  const apply = [...tsx, join(packageRoot(), "stack", "snapshot", "apply-and-run.ts"), stateFile];
  const read = [...tsx, fileURLToPath(new URL("testing/record.ts", import.meta.url)), stateFile, functions, file];
  const child = spawn(command, [...apply, ...read], { stdio: ["ignore", "inherit", "inherit"], timeout: TIMEOUT_MS });
  const end = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(`${code ?? signal}`));
  });
  if (end !== "0") throw new Error(`${command} ended with ${end}: what it printed says why`);
  return recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
