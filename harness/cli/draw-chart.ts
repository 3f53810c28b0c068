import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Chart } from "../report/html/charts/chart.ts";

/**
 * Draws a chart with echarts as the text of an SVG element, without a DOM. It is here and not in report/ because echarts keeps a
 * timer while a chart exists; it is loaded only for a report that has charts, because loading takes a while.
 */
export function drawChart({ widthPx, heightPx, option }: Chart): string {
  use([
    CustomChart,
    LineChart,
    ScatterChart,
    GridComponent,
    MarkAreaComponent,
    MarkLineComponent,
    TitleComponent,
    SVGRenderer,
  ]);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: widthPx, height: heightPx });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
