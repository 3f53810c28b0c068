import { expect, it } from "vitest";
import { idleCores } from "./idle-cores.ts";

const core = (idle: number, user: number) => ({ times: { idle, user, nice: 0, sys: 0, irq: 0 } });

it("is the share of the time since it was asked last in which the cores were idle", () => {
  let cpus = [core(1_000, 9_000), core(0, 10_000)];
  const idle = idleCores(() => cpus);
  cpus = [core(1_100, 9_000), core(50, 10_050)];
  expect(idle()).toBe(1.5);
  cpus = [core(1_100, 9_100), core(50, 10_150)];
  expect(idle()).toBe(0);
});

it("is nothing where no time has passed yet, and does not lose what passes", () => {
  let cpus = [core(100, 100)];
  const idle = idleCores(() => cpus);
  expect(idle()).toBe(0);
  cpus = [core(110, 100)];
  expect(idle()).toBe(1);
});

it("is nothing where the machine does not tell", () => {
  expect(idleCores(() => [])()).toBe(0);
});
