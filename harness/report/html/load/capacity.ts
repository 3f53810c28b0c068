import type { Bottleneck, Capacity, LoadReport } from "../../../model/load-report.ts";
import { figure } from "../../figures.ts";
import { verdictIcon } from "../icons.ts";
import { html, type Markup, nothing } from "../markup.ts";

/** How much the stack carries, what holds it back, and what would next. */
export function capacityMarkup({ capacity }: LoadReport): Markup {
  switch (capacity.kind) {
    case "not-searched":
      return nothing;
    case "unknown":
      return html`<p class="unknown">${verdictIcon("unknown")} How much it carries is not known: ${capacity.reason}</p>`;
    case "found":
      return html`<p class="capacity"><b>${figure(capacity.holdsEventsPerSecond)}</b> events/s held${breaks(capacity)}.</p>
<p class="quiet">${capacity.confidence}</p>
${burst(capacity)}<dl><dt>Held back by</dt><dd>${bottleneckMarkup(capacity.bottleneck)}</dd><dt>Next</dt><dd>${bottleneckMarkup(capacity.next)}</dd></dl>`;
    default:
      return capacity satisfies never;
  }
}

type Found = Extract<Capacity, { kind: "found" }>;

function breaks({ breaksEventsPerSecond }: Found): Markup {
  if (breaksEventsPerSecond === null) return html`, and nothing broke up to the highest rate tried`;
  return html`; <b>${figure(breaksEventsPerSecond)}</b> broke it`;
}

function burst({ burst }: Found): Markup {
  if (burst === null) return nothing;
  return html`<p>${figure(burst.eventsPerSecond)} events/s held for ${figure(burst.seconds)} s by saved-up capacity, and would not in the long run: ${burst.evidence}</p>
`;
}

function bottleneckMarkup(bottleneck: Bottleneck): Markup {
  if (bottleneck.kind === "unknown") return html`not known: ${bottleneck.reason}`;
  const { limit, subject, eventsPerSecond, evidence } = bottleneck;
  const at = eventsPerSecond === null ? "" : `, at ${figure(eventsPerSecond)} events/s`;
  return html`<code>${limit}</code> of ${subject}${at}${evidence.length === 0 ? nothing : html`<ul class="evidence">${evidence.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}
