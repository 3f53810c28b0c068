import { CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Chart } from "../report/html/charts/chart.ts";

/**
 * Draws a chart with echarts as the text of an SVG element, without a DOM. It stands here and not in report/, for echarts keeps a
 * timer while a chart lives; and it is loaded only where a report has charts, for it takes a while to load.
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
