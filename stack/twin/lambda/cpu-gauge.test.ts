import { expect, it } from "vitest";
import { createCpuGauge } from "./cpu-gauge.ts";

function gauge(cores: number) {
  let nowMs = 0;
  const load = { own: 0, thread: 0, others: 0 };
  const cpu = createCpuGauge({
    cores,
    own: () => load.own,
    idleCores: () => cores - load.own - load.others,
    nowMs: () => nowMs,
  });
  const later = (durationMs = 100) => {
    nowMs += durationMs;
  };
  return { cpu, load, later };
}

/** A gauge that has been asked before. */
function watching(cores: number) {
  const of = gauge(cores);
  of.cpu.hasSpareCore();
  of.later();
  return of;
}

it("a core is to spare while the threads wait for others", () => {
  const { cpu, load } = watching(2);
  load.own = 0.3;
  cpu.watch(() => 0.1);
  expect(cpu.hasSpareCore()).toBe(true);
});

it("none is to spare while they compute", () => {
  const { cpu, load, later } = watching(2);
  const end = cpu.watch(() => load.thread);
  load.own = 0.8;
  load.thread = 1;
  expect(cpu.hasSpareCore()).toBe(false);
  end();
  later();
  expect(cpu.hasSpareCore()).toBe(true);
});

it("none is to spare while other processes compute", () => {
  const { cpu, load, later } = watching(2);
  load.own = 0.3;
  load.others = 1.2;
  expect(cpu.hasSpareCore()).toBe(false);
  load.others = 0.2;
  later();
  expect(cpu.hasSpareCore()).toBe(true);
});

it("a thread that has just been started counts as a core until it is measured", () => {
  const { cpu, later } = watching(2);
  expect(cpu.hasSpareCore()).toBe(true);
  cpu.watch(() => 0);
  cpu.watch(() => 0);
  expect(cpu.hasSpareCore()).toBe(false);
  later();
  expect(cpu.hasSpareCore()).toBe(true);
});

it("says nothing of a pause that is over: none is to spare until it was asked twice", () => {
  const { cpu, later } = watching(2);
  expect(cpu.hasSpareCore()).toBe(true);
  later(10_000);
  expect(cpu.hasSpareCore()).toBe(false);
  later();
  expect(cpu.hasSpareCore()).toBe(true);
});
