import { z } from "zod";

/**
 * Members that CloudWatch's operations share. The Query protocol sends every value as text, JSON and CBOR send numbers
 * (times as seconds since the epoch): all three read the same.
 */
export const number = z.coerce.number();

/** A time, read as milliseconds since the epoch. */
export const time = z.union([z.number(), z.string()]).transform((given, context) => {
  const seconds = Number(given);
  const ms = typeof given === "string" && Number.isNaN(seconds) ? Date.parse(given) : seconds * 1000;
  if (Number.isNaN(ms)) context.addIssue({ code: "custom", message: `timestamp ${given} is not a time` });
  return ms;
});

export const dimensions = z
  .array(z.object({ Name: z.string().min(1), Value: z.string().min(1) }))
  .max(30)
  .nullish()
  .transform((list) => Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value])));

/** Multiples of a minute; the high resolutions below it are taken too, and have no datapoints. */
export const period = number.refine(
  (seconds) => [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0),
  { message: "Period must be 1, 5, 10, 20, 30 or a multiple of 60" },
);

export function dimensionList(map: Readonly<Record<string, string>>) {
  return Object.entries(map).map(([Name, Value]) => ({ Name, Value }));
}
