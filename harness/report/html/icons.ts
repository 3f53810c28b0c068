import type { Verdict } from "../../model/verdict.ts";
import { html, type Markup, trusted } from "./markup.ts";

/** Small drawings, in the colour of the text around them. The words next to them say the same, so they are hidden from screen readers. */

const VERDICT_PATHS: Readonly<Record<Verdict, string>> = {
  pass: '<circle cx="8" cy="8" r="7"/><path d="M4.8 8.3l2.2 2.2 4.2-4.6"/>',
  unknown:
    '<circle cx="8" cy="8" r="7" stroke-dasharray="3 2"/><path d="M6 6.2c0-2.6 4-2.6 4 0 0 1.6-2 1.7-2 3.2M8 11.6v.3"/>',
  fail: '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zM5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>',
};

const HOP_PATHS: Readonly<Record<string, string>> = {
  sender: '<path d="M2 8h9M8 4.5L11.5 8 8 11.5M14 2v12"/>',
  entry: '<path d="M6 2h8v12H6M2 8h8M7.5 5.5L10 8l-2.5 2.5"/>',
  log: '<path d="M3 1.5h7l3 3v10H3zM5.5 7h5M5.5 9.5h5M5.5 12h3"/>',
  stream: '<path d="M1 5q2.3-2.6 4.7 0t4.6 0 4.7 0M1 8.5q2.3-2.6 4.7 0t4.6 0 4.7 0M1 12q2.3-2.6 4.7 0t4.6 0 4.7 0"/>',
  object: '<path d="M2 4c0-3 12-3 12 0l-1.5 9.5c-1.5 1.5-7.5 1.5-9 0zM2 4c0 2.4 12 2.4 12 0"/>',
  item: '<path d="M1.5 2.5h13v11h-13zM1.5 6h13M1.5 9.8h13M6 6v7.5"/>',
  metric: '<path d="M1.5 13a6.7 6.7 0 1 1 13 0M8 12l3-4.5"/>',
};

const PLAIN_HOP = '<circle cx="8" cy="8" r="5"/>';

export function verdictIcon(verdict: Verdict): Markup {
  return icon(VERDICT_PATHS[verdict]);
}

/** For a kind of hop that has no drawing, a plain ring. */
export function hopIcon(kind: string): Markup {
  return icon(Object.hasOwn(HOP_PATHS, kind) ? (HOP_PATHS[kind] ?? PLAIN_HOP) : PLAIN_HOP);
}

/** The verdict as a badge: icon and word. */
export function badge(verdict: Verdict): Markup {
  return html`<span class="badge ${verdict}">${verdictIcon(verdict)} ${verdict}</span>`;
}

function icon(paths: string): Markup {
  return trusted(`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${paths}</svg>`);
}
