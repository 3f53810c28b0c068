import type { OutputsSetting } from "../../../model/settings/state-setting.ts";

/** An output that verification needs, and what needs it. */
export interface NeededOutput {
  readonly name: string;
  /** `alb.entry.url`. */
  readonly neededBy: string;
}

/**
 * Holds a deployment's outputs against those that are needed; each is listed once, with the first that needs it. An empty text or
 * list, or null, names nothing.
 *
 * @param source The deployment as the user named it.
 */
export function outputsSettingOf(
  outputs: ReadonlyMap<string, unknown>,
  needed: readonly NeededOutput[],
  source: string,
): OutputsSetting {
  const byName = new Map([...needed].reverse().map((one) => [one.name, one]));
  const inOrder = [...new Set(needed.map(({ name }) => name))].flatMap((name) => byName.get(name) ?? []);
  const missing = inOrder.flatMap(({ name, neededBy }) => {
    const reason = whyMissing(outputs, name);
    return reason === undefined ? [] : [{ name, reason, neededBy }];
  });
  const lacking = new Set(missing.map(({ name }) => name));
  return {
    kind: "outputs",
    source,
    present: [...outputs.keys()].filter((name) => !lacking.has(name)).sort(),
    missing,
  };
}

function whyMissing(
  outputs: ReadonlyMap<string, unknown>,
  name: string,
): "absent" | "empty" | "wrong-type" | undefined {
  if (!outputs.has(name)) return "absent";
  const value = outputs.get(name);
  if (value === null || value === undefined || value === "") return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "empty" : undefined;
  return typeof value === "string" ? undefined : "wrong-type";
}
