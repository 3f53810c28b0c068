import { describe, expect, it } from "vitest";
import { STYLE } from "./style.ts";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const schemes = [...STYLE.matchAll(/:root \{([^}]*--back[^}]*)\}/g)].map(
  ([, block = ""]) =>
    new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex])),
);
const TEXT_ON: readonly (readonly [string, readonly string[]])[] = [
  ["back", ["text", "quiet", "link", "pass", "unknown", "fail", "c1", "c2", "c3", "c4", "c5", "c6"]],
  ["panel", ["text", "quiet", "pass", "unknown", "fail"]],
  ["code", ["text"]],
  ["pass-back", ["pass", "text"]],
  ["unknown-back", ["unknown", "text"]],
  ["fail-back", ["fail", "text"]],
];

describe.each([
  ["light", schemes[0]],
  ["dark", schemes[1]],
])("the %s colours", (_, colours) => {
  it("give every text the contrast of WCAG AA (4.5 to 1)", () => {
    const tooFaint = TEXT_ON.flatMap(([ground, inks]) =>
      inks.map((ink) => ({ ink, ground, ratio: contrast(colours?.get(ink) ?? "", colours?.get(ground) ?? "") })),
    ).filter(({ ratio }) => !(ratio >= 4.5));
    expect(tooFaint).toEqual([]);
  });

  it("give the shades of the heat an order, from the ground up", () => {
    const steps = [1, 2, 3, 4, 5, 6].map((shade) =>
      contrast(colours?.get(`h${shade}`) ?? "", colours?.get("back") ?? ""),
    );
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps).size).toBe(6);
  });
});
