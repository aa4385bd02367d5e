import type { BarChart } from "../words/text.ts";
import { escaped, percent } from "./escape.ts";

/** Lengths from 0: what is certain is filled, what is at most so is an outline. */
export function barChart({ label, rows }: BarChart): string {
  const most = Math.max(1, ...rows.map(({ atMost }) => atMost));
  const drawn = rows.map(
    (row) =>
      `<div class="row"><span class="name">${escaped(row.label)}</span><svg class="track" aria-hidden="true">` +
      `<rect class="bar" x="0" y="8" height="20" width="${percent(row.atLeast / most)}"/>` +
      (row.atMost > row.atLeast
        ? `<rect class="at-most" x="${percent(row.atLeast / most)}" y="8.5" height="19" width="${percent((row.atMost - row.atLeast) / most)}"/>`
        : "") +
      `</svg><span class="note">${escaped(row.note)}</span></div>`,
  );
  return `<figure class="bars" aria-label="${escaped(label)}">${drawn.join("")}</figure>`;
}
