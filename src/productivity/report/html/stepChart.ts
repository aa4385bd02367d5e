import type { StepChart } from "../words/text.ts";
import { coordinate, escaped, percent } from "./escape.ts";

const TOP_PX = 20;
const HEIGHT_PX = 180;
const y = (share: number): string => coordinate(TOP_PX + (1 - share) * HEIGHT_PX);

/** From all at the start, in steps, to the last time at which anything is known; the interval behind it. */
export function stepChart({ label, start, axis, points }: StepChart): string {
  // Half a place at each side, for the words.
  const x = (place: number): number => (place + 0.5) / (points.length + 1);
  let drawn = "";
  let before = 1;
  for (const [index, { share, lower, upper, words }] of points.entries()) {
    const [from, to] = [x(index), x(index + 1)];
    const isLast = index + 1 === points.length;
    if (lower !== undefined && upper !== undefined)
      drawn += isLast
        ? line("band-end", to, to, y(lower), y(upper))
        : `<rect class="band" x="${percent(to)}" width="${percent(x(index + 2) - to)}" y="${y(upper)}" height="${coordinate((upper - lower) * HEIGHT_PX)}"/>`;
    drawn +=
      line("step", from, to, y(before), y(before)) +
      line("step", to, to, y(before), y(share)) +
      `<text x="${percent(to)}" dx="4" y="${coordinate(Number(y(upper ?? share)) - 5)}">${escaped(words)}</text>`;
    before = share;
  }
  const names = [start, ...points.map((point) => point.label)]
    .map(
      (name, index) =>
        `<text class="tick" x="${percent(x(index))}" y="${TOP_PX + HEIGHT_PX + 18}">${escaped(name)}</text>`,
    )
    .join("");
  const grid = [0, 0.5, 1]
    .map(
      (share) =>
        line("grid", 0, 1, y(share), y(share)) +
        `<text class="level" x="0" y="${coordinate(Number(y(share)) - 3)}">${coordinate(share * 100)}%</text>`,
    )
    .join("");
  return (
    `<figure class="steps"><svg class="plot" role="img" aria-label="${escaped(label)}">${grid}${drawn}${names}</svg>` +
    `<figcaption>${escaped(axis)}</figcaption></figure>`
  );
}

export function line(name: string, fromX: number, toX: number, fromY: string, toY: string): string {
  return `<line class="${name}" x1="${percent(fromX)}" x2="${percent(toX)}" y1="${fromY}" y2="${toY}"/>`;
}
