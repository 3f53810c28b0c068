import { describe, expect, it } from "vitest";
import { tidySvg } from "./tidy-svg.ts";

const svg = (content: string): string =>
  `<svg width="100" height="50" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1">\n<rect width="100" height="50" x="0" y="0" fill="none"></rect>\n${content}</svg>`;
const tidied = (content: string): string =>
  tidySvg(svg(content), "c1", "wide")
    .replace(/^<svg[^>]*>/, "")
    .replace("</svg>", "");

describe("a tidied SVG", () => {
  it("scales with the page, names no other site, and is hidden from readers aloud", () => {
    expect(tidySvg(svg(""), "c1", "wide")).toBe(
      '<svg class="wide" viewBox="0 0 100 50" fill="none" aria-hidden="true" focusable="false"></svg>',
    );
  });

  it("has no style sheet, and ids of its own", () => {
    expect(
      tidied(
        '<g clip-path="url(#zr4-c0)"></g><clipPath id="zr4-c0"></clipPath><style ><![CDATA[\n.zr4-cls-0:hover {}\n]]></style>',
      ),
    ).toBe('<g clip-path="url(#c1-c0)"></g><clipPath id="c1-c0"></clipPath>');
  });

  it("draws the same lines in fewer letters", () => {
    expect(
      tidied('<path d="M10 20.26L20 20.26L20 10L25.5 9.5" fill="none" stroke="red" class="zr0-cls-1"></path>'),
    ).toBe('<path d="M10 20.3h10v-10.3l5.5-.5" stroke="red"/>');
  });

  it("does not drift from the line by rounding", () => {
    const far = Array.from({ length: 1000 }, (_, index) => `L${(index * 0.1499).toFixed(4)} 3`).join("");
    const course =
      /d="M0 3((?:h[\d.]+|l[\d.]+ 0)*)"/.exec(tidied(`<path d="M0 3${far}" stroke="red"></path>`))?.[1] ?? "";
    const end = course.split("h").reduce((sum, step) => sum + Number(step || 0), 0);
    expect(end).toBeCloseTo(999 * 0.1499, 0);
  });

  it("joins neighbours of one look, and no others", () => {
    const path = (course: string, look: string): string => `<path d="${course}" ${look}></path>`;
    expect(
      tidied(path("M0 0L1 0", 'stroke="red"') + path("M5 5L6 5", 'stroke="red"') + path("M7 7L8 7", 'stroke="blue"')),
    ).toBe('<path d="M0 0h1M5 5h1" stroke="red"/><path d="M7 7h1" stroke="blue"/>');
    const moved = path("M0 0L1 0", 'transform="translate(1 2)"');
    expect(tidied(moved + moved).match(/<path/g)).toHaveLength(2);
  });
});
