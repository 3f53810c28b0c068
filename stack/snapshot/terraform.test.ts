import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { terraform } from "./terraform.ts";

// Node stands in for terraform: what matters is how a command's end is told.
const node = { command: process.execPath, folder: tmpdir(), environment: { PATH: process.env["PATH"] } };
const minuteMs = 60_000;

test("gives back what the command prints", async () => {
  expect(await terraform(node, ["-e", "console.log(process.cwd())"], minuteMs)).toMatch(/\S+\n/);
});

test("a failure is told with its exit code", async () => {
  const failure = terraform(node, ["-e", "process.exit(7)"], minuteMs);
  await expect(failure).rejects.toMatchObject({ name: "SnapshotError", message: "terraform -e failed: exit code 7" });
});

test("a command that hangs is stopped at its limit", async () => {
  const hanging = terraform(node, ["-e", "setInterval(() => {}, 1000)"], 500);
  await expect(hanging).rejects.toThrow("stopped by SIGTERM, its limit is 0.5 s");
});

test("a command that is not there names the variable that chooses it", async () => {
  const missing = terraform({ ...node, command: "no-such-terraform" }, ["init"], minuteMs);
  await expect(missing).rejects.toMatchObject({
    place: "no-such-terraform",
    remedy: expect.stringContaining("STACKPROOF_TERRAFORM"),
  });
});
