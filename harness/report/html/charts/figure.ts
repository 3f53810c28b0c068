import { html, type Markup, nothing, trusted } from "../markup.ts";
import { type Chart, type DrawChart, seriesInk, type Width } from "./chart.ts";
import { tidySvg } from "./tidy-svg.ts";

/** One chart with what it says in words: a picture for eyes, a sentence for ears, and a table of the figures for both. */
export interface ChartFigure {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** A sentence above the chart, for everybody. */
  readonly note: string;
  /** The key figures that the chart shows, in words, for who does not see it. */
  readonly description: string;
  readonly panels: readonly Panel[];
  readonly table: Markup;
}

/** A picture, and what its lines are. Several panels of one figure share their axis. */
export interface Panel {
  readonly title?: string;
  readonly legend: readonly Legend[];
  chart(width: Width): Chart;
}

export type Legend =
  | { readonly kind: "line"; readonly name: string; readonly series: number }
  | { readonly kind: "swatch"; readonly name: string; readonly colour: string }
  | { readonly kind: "sign"; readonly name: string; readonly sign: string };

export function chartFigure(
  { id, title, note, description, panels, table }: ChartFigure,
  draw: DrawChart | undefined,
): Markup {
  const pictures =
    draw === undefined
      ? nothing
      : html`<div class="chart" role="img" aria-label="${`${title}. ${note} ${description}`}">${panels.map((panel, index) => panelMarkup(panel, `${id}-${index}`, draw))}</div>`;
  return html`<figure id="${id}"><figcaption><h3>${title}</h3></figcaption><p class="quiet note">${note}</p>
${pictures}
<details${trusted(draw === undefined ? " open" : "")}><summary>Figures of “${title}”</summary>${table}</details></figure>
`;
}

function panelMarkup({ title, legend, chart }: Panel, id: string, draw: DrawChart): Markup {
  const keys = legend.map((entry) => html`<span class="key">${sample(entry)} ${entry.name}</span> `);
  const head =
    title === undefined && keys.length === 0
      ? nothing
      : html`<p class="legend">${title === undefined ? nothing : html`<b>${title}</b> `}${keys}</p>`;
  return html`${head}${trusted(tidySvg(draw(chart("wide")), `${id}w`, "wide"))}${trusted(tidySvg(draw(chart("narrow")), `${id}n`, "narrow"))}`;
}

function sample(entry: Legend): Markup {
  switch (entry.kind) {
    case "line": {
      const { color, dash } = seriesInk(entry.series);
      const dashes = dash === "solid" ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
      return trusted(
        `<svg viewBox="0 0 26 8" aria-hidden="true"><path d="M0 4h26" stroke="${color}" stroke-width="2.5"${dashes}/></svg>`,
      );
    }
    case "swatch":
      return trusted(
        `<svg viewBox="0 0 26 8" aria-hidden="true"><path d="M6 4h14" stroke="${entry.colour}" stroke-width="8"/></svg>`,
      );
    case "sign":
      return html`<b>${entry.sign}</b>`;
    default:
      return entry satisfies never;
  }
}

/** A table that scrolls in itself where the screen is too small. */
export function dataTable(name: string, head: readonly Cell[], rows: readonly (readonly Cell[])[]): Markup {
  const headCells = head.map(({ text, kind }) => html`<th scope="col"${classOf(kind)}>${text}</th>`);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${name}"><table><thead><tr>${headCells}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`
<tr>${cells.map(({ text, kind }, index) => (index === 0 ? html`<th scope="row"${classOf(kind)}>${text}</th>` : html`<td${classOf(kind)}>${text}</td>`))}</tr>`,
  )}</tbody></table></div>`;
}

export interface Cell {
  readonly text: Markup | string | number;
  readonly kind?: "number" | "why";
}

export const words = (text: Markup | string): Cell => ({ text });
export const number = (text: string): Cell => ({ text, kind: "number" });

function classOf(kind: Cell["kind"]): Markup {
  if (kind === undefined) return nothing;
  return kind === "number" ? trusted(' class="n"') : trusted(' class="why"');
}
