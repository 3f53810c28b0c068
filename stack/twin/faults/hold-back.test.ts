import { setTimeout as pass } from "node:timers/promises";
import { expect, it } from "vitest";
import { systemClock } from "../clock/system-clock.ts";
import { holdBack } from "./hold-back.ts";

it("holds many back at the same time without a warning of a leak", async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => void warnings.push(warning.message);
  process.on("warning", note);
  const delay = { kind: "delay", delayMs: 1 } as const;
  await Promise.all(Array.from({ length: 20 }, () => holdBack(delay, systemClock)));
  // Node reports a warning in a tick of its own.
  await pass(1);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
