import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../deployment/package-root.ts";
import { drawChart } from "./draw-chart.ts";

describe("drawing a chart", () => {
  it("gives one SVG element in which the page's colours stay variables", () => {
    const svg = drawChart({
      widthPx: 300,
      heightPx: 100,
      option: {
        xAxis: { type: "value" },
        yAxis: { type: "value" },
        series: [
          {
            type: "line",
            data: [
              [0, 1],
              [1, 3],
            ],
            lineStyle: { color: "var(--c1)" },
          },
        ],
      },
    });
    expect(svg).toMatch(/^<svg width="300" height="100".*<\/svg>$/s);
    expect(svg).toContain('stroke="var(--c1)"');
  });

  it("is loaded only where there is something to draw: no other source imports echarts, and none imports this one but on demand", () => {
    const sources = readdirSync(join(packageRoot(), "harness"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !/\.test\.ts$|^dist/.test(path),
    );
    const importing = (pattern: RegExp): string[] =>
      sources.filter((path) => pattern.test(readFileSync(join(packageRoot(), "harness", path), "utf8"))).sort();
    expect(sources.length).toBeGreaterThan(100);
    expect(importing(/^import (?!type )[^;]*from "echarts/m)).toEqual(["cli/draw-chart.ts"]);
    expect(importing(/from "[^"]*\/draw-chart\.ts"/)).toEqual([]);
    expect(importing(/import\("[^"]*\/draw-chart\.ts"\)/)).toEqual(["cli/publish.ts"]);
  });
});
