import { mkdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../testing/stackproof.ts";
import { createRedactor } from "./redact.ts";
import { redactFiles } from "./redact-files.ts";

const redactor = createRedactor([{ value: "correct-horse", what: "URL credentials" }]);

it("takes secrets out of every file below a folder, and touches no other file", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, "logs"));
  const script = folder.write("test-0.json", '{"url":"/?key=correct-horse"}');
  const log = folder.write("logs/artillery-0.log", "sent to correct-horse\n");
  const report = folder.write("report-0.json", '{"counters":{}}');
  utimesSync(report, 1, 1);
  redactFiles(folder.path, redactor);
  expect(readFileSync(script, "utf8")).toBe('{"url":"/?key=[redacted: URL credentials]"}');
  expect(readFileSync(log, "utf8")).toBe("sent to [redacted: URL credentials]\n");
  expect(statSync(report).mtimeMs).toBe(1_000);
  folder.remove();
});

it("takes a folder that is not there for an empty one", () => {
  expect(() => redactFiles("/nowhere/at/all", redactor)).not.toThrow();
});
