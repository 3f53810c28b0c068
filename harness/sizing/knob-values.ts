import type { SizingKnob } from "../model/load.ts";
import type { CapacityRange } from "../model/stack-size.ts";

/** A value for a knob: a number, or what an autoscaled capacity may be. */
export type KnobValue = number | CapacityRange;

export type KnobValues = Readonly<Partial<Record<SizingKnob, KnobValue>>>;

/** The one number that counts of a value: of a range its least, which is there from the first second. */
export function leastOf(value: KnobValue): number {
  return typeof value === "number" ? value : value.min;
}

/** `12`, `{ min = 12, max = 400 }`: as Terraform writes it. */
export function showValue(value: KnobValue): string {
  return typeof value === "number" ? String(value) : `{ min = ${value.min}, max = ${value.max} }`;
}
