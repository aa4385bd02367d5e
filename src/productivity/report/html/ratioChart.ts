import type { RatioChart, RatioRow } from "../words/text.ts";
import { escaped, percent } from "./escape.ts";
import { markAt } from "./marks.ts";

/** Beyond it an interval is cut off, with an arrow. */
const FROM = 0.05;
const TO = 100;
const TICKS = [0.1, 0.25, 0.5, 1, 2, 4, 10, 25, 100];

/** Rows of HTML with a track of SVG in each: the words keep their size however narrow the page is. */
export function ratioChart({ label, axis, band, rows }: RatioChart): string {
  const at = axisOf([
    ...rows.flatMap(({ at: value, interval }) => [value ?? 1, interval?.lower ?? 1, interval?.upper ?? 1]),
    band?.lower ?? 1,
    band?.upper ?? 1,
  ]);
  const drawnBand = band ? bandRect(at(band.lower), at(band.upper)) + arrows(band, at) : "";
  const ticks = TICKS.filter((tick) => at(tick) > 0 && at(tick) < 1);
  const lines = `<line class="one" x1="${percent(at(1))}" x2="${percent(at(1))}" y1="0" y2="100%"/>`;
  const drawn = rows.map(
    (row) =>
      `<div class="row"><span class="name">${escaped(row.label)}</span>` +
      `<svg class="track" aria-hidden="true">${drawnBand}${lines}${rowMarks(row, at)}</svg>` +
      `<span class="note">${escaped(row.note)}</span></div>`,
  );
  const scale = ticks.map((tick) => `<text x="${percent(at(tick))}" y="14">${tick}×</text>`).join("");
  return (
    `<figure class="ratios" aria-label="${escaped(label)}">${drawn.join("")}` +
    `<div class="row" aria-hidden="true"><span class="name"></span><svg class="scale">${scale}</svg></div>` +
    `<figcaption>${escaped(axis)}${band ? ` <span class="key"><span class="swatch"></span>${escaped(band.label)}</span>` : ""}</figcaption></figure>`
  );
}

function rowMarks({ at: value, interval, mark }: RatioRow, at: (ratio: number) => number): string {
  const line = interval
    ? `<line class="interval" x1="${percent(at(interval.lower))}" x2="${percent(at(interval.upper))}" y1="50%" y2="50%"/>` +
      arrows(interval, at)
    : "";
  return line + (value === undefined ? "" : markAt(mark, at(value), "50%"));
}

/** Where an interval goes on beyond the axis. */
function arrows({ lower, upper }: { readonly lower: number; readonly upper: number }, at: (ratio: number) => number) {
  const arrow = (x: number, path: string): string =>
    `<svg class="mark" x="${percent(x)}" y="50%"><path class="beyond" d="${path}"/></svg>`;
  return (lower < FROM ? arrow(at(lower), "M6-4 0 0 6 4") : "") + (upper > TO ? arrow(at(upper), "M-6-4 0 0-6 4") : "");
}

/** Where a ratio stands, from 0 to 1, on a logarithmic axis around all of them. */
function axisOf(ratios: readonly number[]): (ratio: number) => number {
  const within = (ratio: number): number => Math.min(TO, Math.max(FROM, ratio));
  const from = Math.log(Math.min(0.8, ...ratios.map(within)) / 1.15);
  const to = Math.log(Math.max(2, ...ratios.map(within)) * 1.15);
  return (ratio) => (Math.log(within(ratio)) - from) / (to - from);
}

/** As high as the row, so that those of all rows are one. */
function bandRect(from: number, to: number): string {
  return `<rect class="band" x="${percent(from)}" width="${percent(to - from)}" y="0" height="100%"/>`;
}
