import type { Sizing, SizingVariable } from "../model/load.ts";
import type { KnobNeed } from "./knob-need.ts";
import { type KnobValue, leastOf, showValue } from "./knob-values.ts";

/** A need for which the stack has a variable. */
export interface SizedVariable {
  readonly variable: string;
  readonly value: KnobValue;
  readonly need: KnobNeed;
}

/** The value in the shape that the variable takes. */
export function sizedVariables(needs: readonly KnobNeed[], sizing: Sizing): SizedVariable[] {
  return needs.flatMap((need) => {
    const variable = sizing[need.knob];
    return variable === undefined ? [] : [{ variable: variable.variable, value: shaped(need.after, variable), need }];
  });
}

/** Text of a `.auto.tfvars` file: every variable with the reason for its value above it. */
export function tfvarsOf(targetEventsPerSecond: number, variables: readonly SizedVariable[]): string {
  const lines = variables.flatMap(({ variable, value, need }) => [
    "",
    ...wrapped(`${need.knob}: ${need.why}.`),
    `${variable} = ${showValue(value)}`,
  ]);
  return [`# Sizes for ${targetEventsPerSecond} events/s, as stackproof load measured the stack.`, ...lines, ""].join(
    "\n",
  );
}

function shaped(value: KnobValue, { shape }: SizingVariable): KnobValue {
  switch (shape) {
    case "number":
      return leastOf(value);
    case "min-max":
      return typeof value === "number" ? { min: value, max: value } : value;
    default:
      return shape satisfies never;
  }
}

const WIDTH = 100;

/** A comment in lines that fit. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > WIDTH) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
